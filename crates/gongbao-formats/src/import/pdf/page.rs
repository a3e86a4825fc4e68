//! Pages as tables and lines, in reading order.

use kurbo::{Rect, Vec2};

use super::{
    draw::Drawing,
    glyph::{Glyph, Turn},
    lines::{Line, lines},
    rules::{Grid, grids},
};

/// A page, or half of a sheet on which two pages are printed side by side.
#[derive(Debug)]
pub(super) struct Page {
    /// Number of the sheet in the file, from 1.
    pub(super) number: usize,
    pub(super) width: f64,
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
        for glyph in &drawing.glyphs {
            let center = glyph.area.center();
            let table = tables.iter_mut().find(|(grid, _)| grid.area.contains(center));
            let place = table.and_then(|(grid, cells)| {
                // The smallest of several areas is that of the whole cell; the others are bounding boxes.
                let inside = grid.cells.iter().enumerate().filter(|(_, cell)| cell.area.contains(center));
                let (index, _) = inside.min_by(|a, b| a.1.area.area().total_cmp(&b.1.area.area()))?;
                cells.get_mut(index)
            });
            match place {
                Some(cell) => cell.push(glyph),
                None => loose.push(glyph),
            }
        }
        let mut items: Vec<Item> = lines(loose).into_iter().map(Item::Line).collect();
        for (grid, glyphs) in tables {
            let cells = grid.cells.iter().zip(&glyphs).map(|(cell, glyphs)| {
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
                } else if glyphs.iter().any(|glyph| over(&glyph)) {
                    Some("字压在表格线上，不知道是哪一格的")
                } else if lines.is_empty() && has_drawing() {
                    Some("这一格是图片或图形，不是文字")
                } else {
                    None
                };
                DrawnCell {
                    area: cell.area,
                    text: text.join("\n"),
                    size: glyphs.iter().map(|glyph| glyph.size).fold(f64::INFINITY, f64::min),
                    doubt,
                }
            });
            items.push(Item::Table(DrawnTable { area: grid.area, cells: cells.collect() }));
        }
        items.sort_by(|a, b| a.area().y0.total_cmp(&b.area().y0));
        beside(&mut items);
        let visible = drawing.glyphs.iter().filter(|glyph| !glyph.is_space()).count();
        let page = width * height;
        let largest = drawing.images.iter().map(|area| area.area()).fold(0.0, f64::max);
        let all: f64 = drawing.images.iter().map(|area| area.area()).sum();
        Self {
            number,
            width,
            height,
            items,
            is_scanned: visible <= FEW && (largest > SCANNED * page || all > SCANNED * page),
            is_cut: drawing.is_cut,
        }
    }
}

/// Marks blank cells of rows beside which a text stands: the text may belong to one of them.
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
            for cell in row.filter(|cell| cell.text.is_empty()) {
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
