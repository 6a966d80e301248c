"""Draws documents on clean A4 pages (150 dpi) and notes where everything stands: the source of the truth files."""

from __future__ import annotations

import random
import re

from PIL import Image, ImageDraw

from sample_scans.generator import marks, pressing
from sample_scans.generator.blocks import (
    Align,
    Bar,
    Block,
    Break,
    Cell,
    Closing,
    Doc,
    Gap,
    Head,
    IdCard,
    Para,
    Press,
    Receipt,
    Row,
    Seal,
    Table,
    id_card_lines,
)
from sample_scans.generator.fonts import face_for, font
from sample_scans.generator.hands import hand_of, write
from sample_scans.generator.markup import AlterTag, Atom, DateTag, EmptyTag, SignTag, atoms, plain
from sample_scans.generator.paper import HEIGHT, WIDTH, Place, Sheet, Slot, rows_of
from sample_scans.generator.slots import label_of

PRINTED = (28, 28, 30)
FILLING = re.compile(r"(⟦hand\|[^⟧]*⟧|\s)*")
REMARKS = ("备注", "附注", "备考", "其他", "其它")
"""Labels of cells that no form requires to be filled."""
NO_LINE_START = "，。、；：？！）》”’】〕%"


class Composer:
    """Lays the blocks of one document on as many sheets as they need."""

    def __init__(self, doc: Doc, seed: str) -> None:
        self.doc, self.look = doc, doc.look
        self.rng = random.Random(seed)
        self.writer = hand_of(doc.writer or doc.title, pen=doc.pen)
        self.left, self.right = self.look.left, WIDTH - self.look.right
        self.bottom = HEIGHT - (190 if doc.foot else 150)
        self.sheets: list[Sheet] = []
        self.said = ""
        """What the form printed just before, for the labels of its slots."""
        self.open: Slot | None = None
        """The slot whose filling goes on."""
        self.page()

    # pages
    def page(self) -> None:
        image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.sheet = Sheet(image)
        self.draw = ImageDraw.Draw(image)
        self.sheets.append(self.sheet)
        self.y = float(self.look.top)
        if self.doc.ruled:
            for y in range(int(self.look.top) + 118, HEIGHT - 130, 52):
                self.draw.line((self.left - 12, y, self.right + 12, y), fill=(196, 96, 92), width=2)

    def room(self, height: float) -> None:
        if self.y + height > self.bottom and self.y > self.look.top + 5:
            self.page()

    def compose(self) -> list[Sheet]:
        for block in self.doc.blocks:
            self.put(block)
        total = len(self.sheets)
        for i, sheet in enumerate(tuple(self.sheets), 1):
            self.sheet, self.draw = sheet, ImageDraw.Draw(sheet.image)
            if self.doc.foot:
                self.y = HEIGHT - 165.0
                self.line(atoms(self.doc.foot), 0, 25, "kai")
            if self.doc.number:
                text = self.doc.number.format(n=i, total=total)
                self.y = HEIGHT - 92.0
                self.line(atoms(text), 0, 20, self.look.body, "center")
        if self.doc.edge:
            pressing.edge_seal(self.sheets, self.rng, self.doc.edge, copy=self.doc.copy)
        return self.sheets

    def put(self, block: Block) -> None:
        match block:
            case Head():
                self.room(block.size * 1.8)
                colour = (190, 30, 34) if block.red else PRINTED
                self.line(atoms(block.text), 0, block.size, block.face or self.look.title, block.align, colour=colour)
                self.y += block.size * 1.25 + block.after
            case Para():
                size = block.size or self.look.size
                for part in block.text.split("\n"):
                    self.flow(part, size, block.face or self.look.body, indent=block.indent, align=block.align)
                self.y += block.after
            case Table():
                self.table(block)
            case Closing():
                self.closing(block)
            case Receipt():
                self.receipt(block)
            case IdCard():
                self.card(block)
            case Press():
                self.pressed(block)
            case Bar():
                colour = (190, 30, 34) if block.red else PRINTED
                self.draw.line((self.left, self.y, self.right, self.y), fill=colour, width=4)
                self.y += 26
            case Gap():
                self.y += block.height
            case Break():
                self.page()

    # text
    def width_of(self, atom: Atom, size: int, face: str) -> float:
        if isinstance(atom.tag, AlterTag):
            return pressing.correction_width(atom.tag, self.writer, size, face)
        text = [(c, p.face) for p in atom.pieces for c in p.text]
        if isinstance(atom.tag, EmptyTag):
            rules = sum(c == "_" for c, _ in text)
            return rules * size * 0.5 + sum(self.advance(c, f, size, face) for c, f in text if c != "_")
        return sum(self.advance(c, f, size, face) for c, f in text)

    def advance(self, character: str, kind: str, size: int, face: str) -> float:
        if kind in ("hand", "rule", "sign"):
            hand = self.writer
            if character == " ":
                return size * 0.34
            real = int(size * hand.scale * (1.25 if kind == "sign" else 1.0))
            return font(face_for(hand.face, character), real).getlength(character) * 0.94 + 1
        face = f"{face}-bold" if kind == "bold" and f"{face}-bold" in ("serif-bold", "sans-bold") else face
        return float(font(face_for(face, character), size).getlength(character))

    def broken(self, parts: list[Atom], width: float, size: int, face: str, indent: float = 0) -> list[list[Atom]]:
        """Greedy line breaking; closing punctuation hangs at the end of a line."""
        lines: list[list[Atom]] = [[]]
        used = indent
        for atom in parts:
            wide = self.width_of(atom, size, face)
            if used + wide > width and lines[-1] and atom.text[:1] not in NO_LINE_START:
                lines.append([])
                used = 0.0
                if atom.text.isspace():
                    continue
            lines[-1].append(atom)
            used += wide
        return [line for line in lines if line]

    def flow(self, text: str, size: int, face: str, *, indent: float = 0, align: Align = "left") -> None:
        self.said, self.open = "", None
        first = indent * size
        for i, line in enumerate(self.broken(atoms(text), self.right - self.left, size, face, first)):
            step = size * self.look.leading if not self.doc.ruled else 52
            self.room(step)
            if self.doc.ruled:  # sit on the ruled lines
                start = self.look.top + 118 - size * 1.3
                self.y = start + max(0, -(-(self.y - start - 1) // 52)) * 52
            self.line(line, first if i == 0 else 0, size, face, align)
            self.y += step

    def line(
        self,
        parts: list[Atom],
        indent: float,
        size: int,
        face: str,
        align: Align = "left",
        *,
        left: float | None = None,
        right: float | None = None,
        colour: tuple[int, int, int] = PRINTED,
        record: bool = True,
    ) -> tuple[str, Place]:
        """One line at the present height; returns its text and box."""
        left, right = self.left if left is None else left, self.right if right is None else right
        total = sum(self.width_of(a, size, face) for a in parts) + indent
        x = left + indent
        if align == "center":
            x = left + (right - left - total) / 2 + indent
        elif align == "right":
            x = right - total + indent
        start = x
        for atom in parts:
            x = self.atom(atom, x, size, face, colour)
        box = (start, self.y, max(x, start + 4), self.y + size * 1.12)
        text = "".join(a.text for a in parts).strip()
        if record and text:
            self.sheet.lines.append((text, box))
        return text, box

    def atom(self, atom: Atom, x: float, size: int, face: str, colour: tuple[int, int, int]) -> float:
        start = x
        if isinstance(atom.tag, AlterTag):
            return pressing.correct(self.sheet, self.rng, atom.tag, self.writer, x, self.y, size, face)
        if isinstance(atom.tag, EmptyTag):
            return self.blank(atom, x, size, face)
        if isinstance(atom.tag, SignTag):
            return pressing.sign(self.sheet, self.rng, atom.tag, x, self.y, size, copy=self.doc.copy)
        for piece in atom.pieces:
            begun = x
            for character in piece.text:
                x += self.glyph(character, piece.face, x, size, face, colour)
            if piece.face == "rule":
                y = self.y + size * 1.16
                self.draw.line((begun, y, x, y), fill=(60, 60, 60), width=2)
        if isinstance(atom.tag, DateTag):
            box = (start, self.y - 2, x, self.y + size * 1.14)
            self.sheet.dates.append((atom.tag, atom.text, box))
            if any(p.face in ("hand", "rule") for p in atom.pieces):
                self.sheet.penned.append((atom.tag, box))
                self.sheet.slots.append(Slot(label_of(self.said), box, atom.text.strip(), "date"))
        elif atom.pieces[0].face == "rule":
            self.filled(atom.text, (start, self.y - 2, x, self.y + size * 1.2))
            return x
        self.open = None
        self.said = "" if isinstance(atom.tag, DateTag) else self.said + atom.text
        return x

    def filled(self, text: str, box: Place) -> None:
        """A slot somebody filled on its rule; long ones come character by character."""
        if self.open and not text.startswith(" "):
            self.open.text += text
            if abs(self.open.box[1] - box[1]) < 4:
                self.open.box = (*self.open.box[:2], *box[2:])
        else:
            self.open = Slot(label_of(self.said), box, text)
            self.sheet.slots.append(self.open)
        self.said = ""

    def blank(self, atom: Atom, x: float, size: int, face: str) -> float:
        """A slot that nobody filled: rules where the form has them, printed signs, room."""
        assert isinstance(atom.tag, EmptyTag)
        start, parts = x, re.findall(r"_+|[^_]+", atom.pieces[0].text)
        for part in parts:
            if part[0] == "_":
                y, begun = self.y + size * 1.16, x
                x += size * 0.5 * len(part)
                self.draw.line((begun, y, x, y), fill=(60, 60, 60), width=2)
            else:
                for character in part:
                    x += self.glyph(character, "body", x, size, face, PRINTED)
        box = (start, self.y - 2, x, self.y + size * 1.2)
        self.sheet.slots.append(
            Slot(label_of(self.said), box, kind=atom.tag.kind, empty=True, optional=atom.tag.optional)
        )
        self.said = ""
        return x

    def glyph(self, character: str, kind: str, x: float, size: int, face: str, colour: tuple[int, int, int]) -> float:
        advance = self.advance(character, kind, size, face)
        if character.isspace():
            return advance
        if kind in ("hand", "rule"):
            self.sheet.hand += 1
            write(self.sheet.image, character, self.writer, x, self.y, int(size * self.writer.scale), self.rng)
            return advance
        self.sheet.printed += 1
        if kind == "bold" and f"{face}-bold" in ("serif-bold", "sans-bold"):
            face = f"{face}-bold"
        drawn = font(face_for(face, character), size)
        self.draw.text((x, self.y + size * 0.92), character, font=drawn, fill=colour, anchor="ls")
        if kind == "bold" and not face.endswith("-bold"):
            self.draw.text((x + 1, self.y + size * 0.92), character, font=drawn, fill=colour, anchor="ls")
        return advance

    def seal(self, seal: Seal, x: float, y: float) -> None:
        pressing.seal(self.sheet, self.rng, seal, x, y, copy=self.doc.copy)

    def pressed(self, block: Press) -> None:
        x, y = block.x * WIDTH, self.y + block.dy
        if block.kind == "finger":
            pressing.thumb(self.sheet, self.rng, x - 30, y, copy=self.doc.copy)
        elif block.seal:
            put = pressing.cut_seal if block.kind == "cut" else pressing.seal
            put(self.sheet, self.rng, block.seal, x, y, copy=self.doc.copy)

    # blocks
    def closing(self, block: Closing) -> None:
        size, face = self.look.size, self.look.body
        step = size * self.look.leading
        self.room(block.before + step * len(block.lines) + (60 if block.seal else 0))
        self.y += block.before
        parts = [atoms(line) for line in block.lines]
        width = max(sum(self.width_of(a, size, face) for a in p) for p in parts)
        right = self.right - 30 - block.shift * (self.right - self.left)
        for p in parts:
            _, box = self.line(p, 0, size, face, "center", left=right - width, right=right)
            self.y += step
        if block.seal:
            middle = (box[0] + box[2]) / 2 + self.rng.uniform(-36, 30)
            self.seal(block.seal, middle, (box[1] + box[3]) / 2 - self.rng.uniform(8, 52))
        self.y += 20

    def receipt(self, block: Receipt) -> None:
        written = f"{block.day.year}年{block.day.month:02}月{block.day.day:02}日"
        image = marks.receipt((block.unit, written), self.rng, colour=self.rng.choice((marks.BLUE, marks.RED)))
        x, y = min(int(block.at[0] * WIDTH), WIDTH - image.width - 30), int(block.at[1] * HEIGHT)
        pressing.press(self.sheet, image, x, y)
        for i, text in enumerate((block.unit, written)):
            self.sheet.lines.append((text, (x + 12, y + 14 + 34 * i, x + image.width - 12, y + 46 + 34 * i)))
        place = (x + 40, y + 48, x + image.width - 40, y + 80)
        self.sheet.dates.append((DateTag(block.role, block.day), written, place))

    def card(self, block: IdCard) -> None:
        x, w, h = 300, 640, 400
        texts = id_card_lines(block)
        for part in (texts[:5], texts[5:]):
            top = int(self.y)
            self.draw.rounded_rectangle(
                (x, top, x + w, top + h), 26, outline=(120, 120, 126), width=3, fill=(236, 238, 240)
            )
            if part is not texts[:5] and len(part) == 4:
                self.draw.ellipse((x + 40, top + 40, x + 160, top + 160), outline=(150, 110, 110), width=8)
            else:
                self.draw.rectangle((x + 440, top + 60, x + 600, top + 250), fill=(176, 180, 184))
                self.draw.ellipse((x + 475, top + 85, x + 565, top + 190), fill=(120, 122, 126))
            self.y = top + 44.0
            for text in part:
                size = 38 if text == "居民身份证" else 25
                limit = x + (430 if part == texts[:5] and "号码" not in text else 620)
                left = x + (190 if len(part) == 4 else 36)
                for piece in self.broken(atoms(text), limit - left, size, "sans"):
                    self.line(piece, 0, size, "sans", left=left, right=limit)
                    self.y += size * 1.55
                self.y += 8
            self.y = top + h + 90.0

    def table(self, table: Table) -> None:
        for row in table.rows:
            self.row(row, table.size, table.pad)
        self.y += table.after

    def row(self, row: Row, size: int, pad: int) -> None:
        total = self.right - self.left
        face, step = self.look.body, size * 1.42
        share = sum(c.width for c in row.cells)
        laid: list[tuple[Cell, float, float, list[list[Atom]]]] = []
        x = float(self.left)
        for cell in row.cells:
            wide = total * cell.width / share
            lines = [
                line
                for part in cell.text.split("\n")
                for line in (self.broken(atoms(part), wide - 2 * pad, size, face) or [[]])
            ]
            laid.append((cell, x, wide, lines))
            x += wide
        height = max(row.height, *(len(lines) * step + 2 * pad for _, _, _, lines in laid))
        self.room(height)
        top = self.y
        found: list[tuple[str, Place]] = []
        for i, (cell, left, wide, lines) in enumerate(laid):
            before = row.cells[i - 1] if i else None
            self.said = plain(before.text).replace("\n", "") if before and before.label else ""
            self.slot(row, i, (left, top, left + wide, top + height))
            self.draw.rectangle((left, top, left + wide, top + height), outline=(50, 50, 52), width=2)
            self.y = top + (pad if cell.top else (height - len(lines) * step) / 2) + (step - size) / 2 - 2
            place = None
            for line in lines:
                align = "center" if cell.label else cell.align
                text, box = self.line(
                    line, 0, size, face, align, left=left + pad, right=left + wide - pad, record=False
                )
                if text:
                    found.append((text, box))
                place = box
                self.y += step
            if cell.seal and place:
                self.seal(cell.seal, min(place[2] - 70, left + wide - 110), place[1] + 4)
        self.sheet.lines += rows_of(found, size)
        if row.entry:
            self.sheet.catalogue.append((row.entry, (self.left, top, self.right, top + height)))
        self.y = top + height

    def slot(self, row: Row, index: int, box: Place) -> None:
        """A cell after a label is a slot where it is empty or filled by hand."""
        cell, before = row.cells[index], row.cells[index - 1] if index else None
        if before and before.label and not cell.label and not row.entry and FILLING.fullmatch(cell.text):
            text, label = plain(cell.text).strip(), plain(before.text).replace("\n", "")
            optional = cell.optional or label_of(label).replace(" ", "") in REMARKS
            self.sheet.slots.append(Slot(label, box, text, empty=not text, optional=optional))
