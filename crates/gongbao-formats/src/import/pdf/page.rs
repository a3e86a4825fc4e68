//! Pages as tables and lines, in reading order.

use std::collections::BTreeSet;

use kurbo::{Rect, Vec2};

use super::{
    draw::Drawing,
    glyph::{Glyph, Turn},
    lines::{Line, adjacent_digits, lines},
    rules::{Grid, grids},
};

/// A page, or half of a sheet on which two pages are printed side by side.
#[derive(Debug)]
pub(super) struct Page {
    /// Number of the sheet in the file, from 1.
    pub(super) number: usize,
    /// Height in points.
    pub(super) height: f64,
    /// Tables and lines from top to bottom.
    pub(super) items: Vec<Item>,
    /// Whether it is an image without text.
    pub(super) is_scanned: bool,
    /// Whether a part was left out because there was too much.
    pub(super) is_cut: bool,
}

/// A table or a line outside of tables.
#[derive(Debug)]
pub(super) enum Item {
    Table(DrawnTable),
    Line(Line),
}

/// A table of one page.
#[derive(Debug, Clone)]
pub(super) struct DrawnTable {
    pub(super) area: Rect,
    pub(super) cells: Vec<DrawnCell>,
}

/// A cell of a table of one page.
#[derive(Debug, Clone)]
pub(super) struct DrawnCell {
    pub(super) area: Rect,
    pub(super) text: String,
    /// Area of its text.
    pub(super) ink: Option<Rect>,
    /// Smallest font size in points; infinite without text.
    pub(super) size: f64,
    /// Reason for which the text is not certain, in Chinese.
    pub(super) doubt: Option<&'static str>,
}

impl Item {
    /// Area on the page.
    pub(super) fn area(&self) -> Rect {
        match self {
            Self::Table(table) => table.area,
            Self::Line(line) => line.area,
        }
    }
}

/// Doubt about a cell with a text that lies on a rule.
const ON_RULE: &str = "字压在表格线上，不知道是哪一格的";
/// Part of a glyph's width that may extend over a rule.
const OVERHANG: f64 = 0.25;
/// Part of a page that an image covers if the page is scanned.
const SCANNED: f64 = 0.4;
/// Maximum number of glyphs on a scanned page: its number, a stamp.
const FEW: usize = 24;

impl Page {
    /// Arranges what is drawn on a sheet of the given size: one page, or two side by side.
    pub(super) fn of(mut drawing: Drawing, number: usize, width: f64, height: f64) -> Vec<Self> {
        let sheet = Rect::new(0.0, 0.0, width, height);
        drawing.glyphs.retain(|glyph| sheet.contains(glyph.area.center()));
        let (width, height) = upright(&mut drawing, width, height);
        match gutter(&drawing, width, height) {
            Some(middle) => {
                let (left, mut right) = split(drawing, middle);
                shift(&mut right, Vec2::new(-middle, 0.0));
                vec![
                    Self::single(left, number, middle, height),
                    Self::single(right, number, width - middle, height),
                ]
            }
            None => vec![Self::single(drawing, number, width, height)],
        }
    }

    fn single(drawing: Drawing, number: usize, width: f64, height: f64) -> Self {
        let grids = grids(&drawing.rules);
        let mut tables: Vec<(Grid, Vec<Vec<&Glyph>>)> =
            grids.into_iter().map(|grid| (grid.clone(), vec![Vec::new(); grid.cells.len()])).collect();
        let mut loose = Vec::new();
        // Table and cell of each glyph.
        let mut places: Vec<Option<(usize, usize)>> = Vec::new();
        for glyph in &drawing.glyphs {
            let center = glyph.area.center();
            let table = tables.iter().position(|(grid, _)| grid.area.contains(center));
            let place = table.and_then(|table| {
                let (grid, _) = tables.get(table)?;
                Some((table, grid.cells.iter().position(|cell| cell.area.contains(center))?))
            });
            places.push(place);
            let cell = place.and_then(|(table, cell)| tables.get_mut(table)?.1.get_mut(cell));
            match cell {
                Some(cell) => cell.push(glyph),
                None => loose.push(glyph),
            }
        }
        // Cells between which a number is divided by a rule.
        let place = |index: usize| places.get(index).copied().flatten();
        let pairs = adjacent_digits(&drawing.glyphs).into_iter().map(|(a, b)| (place(a), place(b)));
        let divided: BTreeSet<(usize, usize)> =
            pairs.filter(|(a, b)| a != b).flat_map(|(a, b)| [a, b]).flatten().collect();
        let mut items: Vec<Item> = lines(loose).into_iter().map(Item::Line).collect();
        for (number, (grid, glyphs)) in tables.into_iter().enumerate() {
            let cells = grid.cells.iter().zip(&glyphs).enumerate().map(|(index, (cell, glyphs))| {
                let lines = lines(glyphs.iter().copied());
                let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                let over = |glyph: &&&Glyph| {
                    let slack = OVERHANG * glyph.area.width();
                    !glyph.is_space()
                        && (glyph.area.x0 < cell.area.x0 - slack || glyph.area.x1 > cell.area.x1 + slack)
                };
                let has_drawing = || {
                    let inner = cell.area.inset(-1.0);
                    let drawn = drawing.images.iter().chain(&drawing.shapes);
                    drawn.filter(|area| area.area() > 2.0).any(|area| inner.contains(area.center()))
                };
                let doubt = if !cell.is_whole {
                    Some("表格线不完整，分不清是哪几格")
                } else if lines.iter().any(|line| line.unknown > 0) {
                    Some("有的字没有编码，读不出来")
                } else if lines.iter().any(|line| line.overlaps) {
                    Some("字叠在一起，读不准")
                } else if divided.contains(&(number, index)) || glyphs.iter().any(|glyph| over(&glyph)) {
                    Some(ON_RULE)
                } else if lines.is_empty() && has_drawing() {
                    Some("这一格是图片或图形，不是文字")
                } else {
                    None
                };
                DrawnCell {
                    area: cell.area,
                    text: text.join("\n"),
                    ink: lines.iter().map(|line| line.area).reduce(|all, area| all.union(area)),
                    size: glyphs.iter().map(|glyph| glyph.size).fold(f64::INFINITY, f64::min),
                    doubt,
                }
            });
            let mut cells: Vec<DrawnCell> = cells.collect();
            displaced(&mut cells);
            shifted(&mut cells);
            items.push(Item::Table(DrawnTable { area: grid.area, cells }));
        }
        items.sort_by(|a, b| a.area().y0.total_cmp(&b.area().y0));
        beside(&mut items);
        let visible = drawing.glyphs.iter().filter(|glyph| !glyph.is_space()).count();
        let page = width * height;
        let largest = drawing.images.iter().map(|area| area.area()).fold(0.0, f64::max);
        let all: f64 = drawing.images.iter().map(|area| area.area()).sum();
        Self {
            number,
            height,
            items,
            is_scanned: visible <= FEW && (largest > SCANNED * page || all > SCANNED * page),
            is_cut: drawing.is_cut,
        }
    }
}

fn is_figure(cell: &DrawnCell) -> bool {
    cell.text.chars().any(|c| c.is_ascii_digit()) && !cell.text.chars().any(char::is_alphabetic)
}

/// Marks figures that are not aligned in their cells as the others of the table are: they may belong to another cell, or be
/// two figures.
fn displaced(cells: &mut [DrawnCell]) {
    /// Minimum number of figures of a table whose alignment is known.
    const ENOUGH: usize = 6;
    /// Deviation in points within which figures are aligned, and from which on one is displaced.
    const SAME: f64 = 2.0;
    const APART: f64 = 3.5;
    /// Part of the figures that are aligned if the table is, and that may be displaced.
    const MOSTLY: f64 = 0.6;
    const FEW: f64 = 0.3;
    let ways: [fn(Rect, Rect) -> f64; 3] = [
        |cell, ink| ink.center().x - cell.center().x,
        |cell, ink| ink.x0 - cell.x0,
        |cell, ink| cell.x1 - ink.x1,
    ];
    let figures: Vec<(usize, Rect, Rect)> = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| is_figure(cell))
        .filter_map(|(index, cell)| Some((index, cell.area, cell.ink?)))
        .collect();
    if figures.len() < ENOUGH {
        return;
    }
    let part = |count: usize| {
        f64::from(u32::try_from(count).unwrap_or(u32::MAX))
            / f64::from(u32::try_from(figures.len()).unwrap_or(u32::MAX))
    };
    let mut best: Option<(f64, Vec<usize>)> = None;
    for way in ways {
        let offsets: Vec<f64> = figures.iter().map(|(_, cell, ink)| way(*cell, *ink)).collect();
        let mut sorted = offsets.clone();
        sorted.sort_by(f64::total_cmp);
        let Some(usual) = sorted.get(sorted.len() / 2).copied() else { continue };
        let aligned = part(offsets.iter().filter(|offset| (**offset - usual).abs() <= SAME).count());
        let apart = figures.iter().zip(&offsets).filter(|(_, offset)| (**offset - usual).abs() > APART);
        let apart: Vec<usize> = apart.map(|((index, ..), _)| *index).collect();
        if best.as_ref().is_none_or(|(other, _)| aligned > *other) {
            best = Some((aligned, apart));
        }
    }
    let Some((aligned, apart)) = best else { return };
    if aligned < MOSTLY || part(apart.len()) > FEW {
        return;
    }
    for index in apart {
        if let Some(cell) = cells.get_mut(index) {
            cell.doubt = cell.doubt.or(Some("数的位置与同表的其他数不同，可能是别格的数"));
        }
    }
}

/// Marks all figures of a row, or a column, in which figures lie on the rules: the row or the column is shifted.
fn shifted(cells: &mut [DrawnCell]) {
    /// Number of figures on rules from which on a column is shifted.
    const MANY: usize = 2;
    let on_rule: Vec<Rect> = cells
        .iter()
        .filter(|cell| cell.doubt == Some(ON_RULE) && is_figure(cell))
        .map(|cell| cell.area)
        .collect();
    let same_row = |a: Rect, b: Rect| a.y0 < b.center().y && b.center().y < a.y1;
    let same_column = |a: Rect, b: Rect| (a.x0 - b.x0).abs() <= 3.0 && (a.x1 - b.x1).abs() <= 3.0;
    for cell in cells.iter_mut().filter(|cell| cell.doubt.is_none()) {
        let in_row = on_rule.iter().any(|area| same_row(*area, cell.area));
        let in_column = on_rule.iter().filter(|area| same_column(**area, cell.area)).count();
        if (in_row || in_column >= MANY) && (cell.text.is_empty() || is_figure(cell)) {
            cell.doubt = Some("同一行或同一列有数压在表格线上，可能错了位");
        }
    }
}

/// Marks blank cells and figures of rows beside which a text stands: it may belong to one of them, or the row is shifted.
fn beside(items: &mut [Item]) {
    let lines: Vec<Rect> = items
        .iter()
        .filter_map(|item| match item {
            Item::Line(line) => Some(line.area),
            Item::Table(_) => None,
        })
        .collect();
    for item in items {
        let Item::Table(table) = item else { continue };
        for line in &lines {
            let middle = line.center().y;
            if middle <= table.area.y0 || middle >= table.area.y1 {
                continue;
            }
            let row = table.cells.iter_mut().filter(|cell| cell.area.y0 < middle && middle < cell.area.y1);
            for cell in row.filter(|cell| !cell.text.chars().any(char::is_alphabetic)) {
                cell.doubt = cell.doubt.or(Some("旁边有字在表格外面，不知道是不是这一格的"));
            }
        }
    }
}

/// Turns a page whose text is mostly turned, so that it can be read. Returns the new width and height.
fn upright(drawing: &mut Drawing, width: f64, height: f64) -> (f64, f64) {
    let count = |turn: Turn| drawing.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
    let turns = [Turn::None, Turn::Right, Turn::Half, Turn::Left];
    let most = turns.into_iter().max_by_key(|turn| (count(*turn), *turn == Turn::None)).unwrap_or(Turn::None);
    // New coordinates of a point for each direction of the text.
    let point = |x: f64, y: f64| match most {
        Turn::None => (x, y),
        Turn::Right => (y, width - x),
        Turn::Half => (width - x, height - y),
        Turn::Left => (height - y, x),
    };
    if most == Turn::None {
        return (width, height);
    }
    let area = |area: Rect| Rect::from_points(point(area.x0, area.y0), point(area.x1, area.y1));
    for glyph in &mut drawing.glyphs {
        glyph.area = area(glyph.area);
        let at = |turn: Turn| turns.iter().position(|other| *other == turn).unwrap_or_default();
        glyph.turn = turns.get((at(glyph.turn) + 4 - at(most)) % 4).copied().unwrap_or(Turn::None);
    }
    for rule in &mut drawing.rules {
        let ends = if rule.is_vertical {
            Rect::new(rule.at, rule.from, rule.at, rule.to)
        } else {
            Rect::new(rule.from, rule.at, rule.to, rule.at)
        };
        let ends = area(ends);
        rule.is_vertical = ends.width() < ends.height();
        (rule.at, rule.from, rule.to) =
            if rule.is_vertical { (ends.x0, ends.y0, ends.y1) } else { (ends.y0, ends.x0, ends.x1) };
    }
    drawing.images.iter_mut().chain(&mut drawing.shapes).for_each(|image| *image = area(*image));
    if most == Turn::Half { (width, height) } else { (height, width) }
}

/// Middle of a sheet with two pages side by side: wider than high, with text on both sides and nothing across the middle.
fn gutter(drawing: &Drawing, width: f64, height: f64) -> Option<f64> {
    /// Width of the empty strip in parts of the sheet.
    const STRIP: f64 = 0.03;
    if width < 1.2 * height {
        return None;
    }
    let middle = width / 2.0;
    let (low, high) = (middle - STRIP * width / 2.0, middle + STRIP * width / 2.0);
    let crosses = |from: f64, to: f64| from < high && to > low;
    let glyphs = || drawing.glyphs.iter().filter(|glyph| !glyph.is_space());
    if glyphs().any(|glyph| crosses(glyph.area.x0, glyph.area.x1)) {
        return None;
    }
    // A single vertical rule may separate the pages.
    let rules = drawing.rules.iter().filter(|rule| !rule.is_vertical);
    if rules.clone().any(|rule| crosses(rule.from, rule.to)) {
        return None;
    }
    let left = glyphs().filter(|glyph| glyph.area.x1 < middle).count();
    let right = glyphs().count() - left;
    (left > FEW && right > 0 || right > FEW && left > 0).then_some(middle)
}

fn split(drawing: Drawing, middle: f64) -> (Drawing, Drawing) {
    let half = || Drawing { is_cut: drawing.is_cut, ..Drawing::default() };
    let (mut left, mut right) = (half(), half());
    for glyph in drawing.glyphs {
        let side = if glyph.area.center().x < middle { &mut left } else { &mut right };
        side.glyphs.push(glyph);
    }
    for rule in drawing.rules {
        let x = if rule.is_vertical { rule.at } else { (rule.from + rule.to) / 2.0 };
        let side = if x < middle { &mut left } else { &mut right };
        side.rules.push(rule);
    }
    for image in drawing.images {
        let side = if image.center().x < middle { &mut left } else { &mut right };
        side.images.push(image);
    }
    for shape in drawing.shapes {
        let side = if shape.center().x < middle { &mut left } else { &mut right };
        side.shapes.push(shape);
    }
    (left, right)
}

fn shift(drawing: &mut Drawing, by: Vec2) {
    drawing.glyphs.iter_mut().for_each(|glyph| glyph.area = glyph.area + by);
    for rule in &mut drawing.rules {
        if rule.is_vertical {
            rule.at += by.x;
        } else {
            rule.from += by.x;
            rule.to += by.x;
        }
    }
    drawing.images.iter_mut().chain(&mut drawing.shapes).for_each(|area| *area = *area + by);
}
