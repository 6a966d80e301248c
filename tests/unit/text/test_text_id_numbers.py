import datetime as dt

import pytest

from pipeline.text.id_numbers import check_digit, find_id_numbers

# Region 999999 is given to nobody: these numbers are invented.
BODY = "11999919881103024"
NUMBER = BODY + check_digit(BODY)


def test_check_digit_of_the_standards_example():
    assert check_digit("11010519491231002") == "X"
    with pytest.raises(ValueError, match="17 digits"):
        check_digit("123")


@pytest.mark.parametrize(
    "text",
    [
        f"公民身份号码{NUMBER}，",
        f"{NUMBER[:7]}\n{NUMBER[7:]}",
        " ".join([NUMBER[:6], NUMBER[6:14], NUMBER[14:]]),
        NUMBER.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
    ],
)
def test_numbers_are_found_with_their_birth(text):
    (found,) = find_id_numbers(text)
    assert found.number == NUMBER
    assert found.valid
    assert not found.repaired
    assert found.birth == dt.date(1988, 11, 3)
    assert found.region == "119999"
    assert found.female


def test_letters_read_for_digits_are_put_right_only_if_the_check_digit_agrees():
    (found,) = find_id_numbers(NUMBER.replace("0", "O", 1).replace("1", "l", 2).replace("l", "1", 1))
    assert (found.number, found.repaired) == (NUMBER, True)
    wrong = BODY[:-1].replace("0", "O", 1) + "5" + NUMBER[-1]
    assert find_id_numbers(wrong) == ()


def test_a_wrong_check_digit_is_said():
    wrong = BODY + next(char for char in "0123456789" if char != NUMBER[-1])
    (found,) = find_id_numbers(wrong)
    assert not found.valid


@pytest.mark.parametrize("text", ["6222021234567890123", "119999198813030245", "14104202011234567", "2023年1103"])
def test_other_long_numbers_are_none(text):
    assert find_id_numbers(text) == ()
