import pytest

from pipeline.problems import WorkspaceError
from pipeline.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "深" / "RUN")
    made.create()
    return made


def test_create_makes_the_folders_and_empties_scratch(workspace):
    (workspace.scratch / "left").mkdir()
    (workspace.scratch / "left" / "over.pdf").write_bytes(b"x")
    workspace.create()
    assert list(workspace.scratch.iterdir()) == []
    assert workspace.cases.is_dir() and workspace.assets.is_dir()


def test_a_run_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "RUN").write_text("x")
    with pytest.raises(WorkspaceError, match="写不了"):
        Workspace(tmp_path / "RUN").create()


def test_two_runs_on_one_folder_do_not_mix(workspace):
    assert not workspace.in_use()
    with workspace.locked():
        assert workspace.in_use()
        with pytest.raises(WorkspaceError, match="正被另一个"), Workspace(workspace.root).locked():
            pass
        assert workspace.in_use()
    assert not workspace.in_use()
    with workspace.locked():
        pass


def test_write_replaces_whole_files_and_leaves_equal_ones_alone(workspace):
    path = workspace.cases / "甲.json"
    assert workspace.write(path, b"one")
    before = path.stat().st_mtime_ns
    assert not workspace.write(path, b"one")
    assert path.stat().st_mtime_ns == before
    assert workspace.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in workspace.cases.iterdir()] == ["甲.json"]


def test_write_says_when_it_cannot(workspace):
    (workspace.cases / "a.json").mkdir()
    with pytest.raises(WorkspaceError, match=r"a\.json"):
        workspace.write(workspace.cases / "a.json", b"x")
