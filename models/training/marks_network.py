"""The network of the marks model in PyTorch, and its export to ONNX: 150,000 weights, 10 ms a page on one core."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

KINDS = 6


class _Conv(nn.Sequential):
    def __init__(self, into: int, out: int, size: int = 3, step: int = 1, groups: int = 1, *, bend: bool = True):
        parts: list[nn.Module] = [
            nn.Conv2d(into, out, size, step, size // 2, groups=groups, bias=False),
            nn.BatchNorm2d(out),
        ]
        super().__init__(*parts, *([nn.ReLU(inplace=True)] if bend else []))


class _Block(nn.Module):
    """A convolution for each channel by itself, then one across the channels; added to what came in where it fits."""

    def __init__(self, into: int, out: int, step: int = 1, size: int = 5):
        super().__init__()
        self.dw = _Conv(into, into, size, step, into, bend=False)
        self.pw = _Conv(into, out, 1)
        self.res = into == out and step == 1

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.pw(self.dw(x))
        return x + y if self.res else y


class Net(nn.Module):
    """From 1/2 to 1/32 of the size and back: chances and boxes at 1/8, maps of pens and of stamped ink at 1/4."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(_Conv(3, 12, 3, 2), _Conv(12, 24, 3, 2))
        self.s4 = _Block(24, 24, size=3)
        self.s8 = nn.Sequential(_Block(24, 48, 2), _Block(48, 48), _Block(48, 48))
        self.s16 = nn.Sequential(_Block(48, 96, 2), _Block(96, 96), _Block(96, 96), _Block(96, 96))
        self.s32 = nn.Sequential(_Block(96, 128, 2), _Block(128, 128), _Block(128, 128))
        self.l32, self.m16 = _Conv(128, 96, 1, bend=False), _Block(96, 96)
        self.l16, self.m8 = _Conv(96, 48, 1, bend=False), _Block(48, 48)
        self.l8, self.m4 = _Conv(48, 24, 1, bend=False), _Block(24, 24, size=3)
        self.seg = nn.Conv2d(24, 2, 1)
        self.h = nn.Sequential(_Block(48, 48), _Block(48, 48))
        self.heat, self.box = nn.Conv2d(48, KINDS, 1), nn.Conv2d(48, 4, 1)
        # rare things start out unlikely
        nn.init.constant_(self.heat.bias, -4.0)
        nn.init.constant_(self.seg.bias, -3.0)
        nn.init.constant_(self.box.bias, 1.2)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Chances of each kind's middle and logarithms of the distances to the sides (cells), maps; before sigmoid."""
        at4 = self.s4(self.stem(x))
        at8 = self.s8(at4)
        at16 = self.s16(at8)
        at32 = self.s32(at16)
        at16 = self.m16(F.relu(at16 + _doubled(self.l32(at32))))
        at8 = self.m8(F.relu(at8 + _doubled(self.l16(at16))))
        at4 = self.m4(F.relu(at4 + _doubled(self.l8(at8))))
        head = self.h(at8)
        return self.heat(head), self.box(head), self.seg(at4)


def _doubled(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2, mode="nearest")


class _Exported(nn.Module):
    """One output for the engines: chances, boxes, and the two maps folded to 1/8; channels come in reversed."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: Tensor) -> Tensor:
        heat, box, seg = self.net(x.flip(1))
        return torch.cat([heat, box, F.pixel_unshuffle(seg, 2)], 1)


def export(net: Net, target: Path) -> None:
    """Write the network as ONNX, for pages of any size in steps of 32."""
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        _Exported(net.eval()).eval(),
        (torch.zeros(1, 3, 832, 640),),
        str(target),
        input_names=["page"],
        output_names=["marks"],
        dynamic_axes={"page": {2: "height", 3: "width"}, "marks": {2: "rows", 3: "columns"}},
        opset_version=17,
        dynamo=False,
    )
