// Reads pages in a browser: layout, accessibility tree, violations reported by axe-core.
// Usage: node read_page.mjs JOBS.json, where JOBS is a list of { file, fragment, pictures }. Prints one JSON object by file.
// README.md beside this file describes the fields.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.env.GONGBAO_JUDGES_NODE}/`);
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const WIDTHS = [320, 360, 768, 1280];
/// The attributes that editors of portals keep on the cells of a table.
const KEPT = ["width", "rowspan", "colspan", "align", "valign", "class", "style"];

const jobs = JSON.parse(readFileSync(process.argv[2], "utf8"));
const browser = await chromium.launch({
  executablePath: process.env.GONGBAO_JUDGES_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--font-render-hinting=none"],
});
const answers = {};
try {
  for (const job of jobs) answers[job.file] = await read(job);
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(answers));

async function read(job) {
  // Scripting stays enabled, so that a script of the page would run if its policy allowed it.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  const requests = [], complaints = [];
  page.on("request", (request) => requests.push(request.url().slice(0, 200)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  const url = pathToFileURL(job.file).href;
  if (job.fragment) {
    const bare = `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>栏目</title><body><h1>栏目</h1>${readFileSync(job.file, "utf8")}`;
    await page.setContent(bare);
    await page.evaluate((kept) => {
      for (const cell of document.querySelectorAll("th, td"))
        for (const { name } of [...cell.attributes]) if (!kept.includes(name)) cell.removeAttribute(name);
    }, KEPT);
  } else {
    await page.goto(url);
  }
  const answer = { requests: requests.filter((it) => it !== url), complaints };
  Object.assign(answer, await page.evaluate(inDocument));
  answer.tables = await tables(page);
  answer.axe = job.fragment ? [] : await axe(page);
  answer.layout = {};
  for (const width of WIDTHS) {
    // 1280 px at 400 % are 320 px of the page.
    await page.setViewportSize({ width, height: width === 320 ? 256 : width === 360 ? 740 : 900 });
    answer.layout[width] = await page.evaluate(inLayout);
    if (job.pictures) {
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: `${job.pictures}-${width}.png`, fullPage: true });
    }
    if (!job.fragment && width <= 360) answer.layout[width].scrolled = await page.evaluate(whenScrolled);
    if (job.pictures && width <= 360) {
      await page.locator("table").nth(1).screenshot({ path: `${job.pictures}-${width}-table.png` });
      await page.screenshot({ path: `${job.pictures}-${width}-view.png` });
    }
  }
  // Letters twice as large, everything else unchanged.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
  answer.layout.large = await page.evaluate(inLayout);
  if (!job.fragment) answer.layout.large.scrolled = await page.evaluate(whenScrolled);
  if (job.pictures) await page.screenshot({ path: `${job.pictures}-large.png`, fullPage: true });
  await page.evaluate(() => { document.documentElement.style.fontSize = ""; });
  if (job.print) writeFileSync(job.print, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  await context.close();
  return answer;
}

/** Reads the document: title, headings, links, cells, text. */
function inDocument() {
  const text = (it) => it.textContent;
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    lang: document.documentElement.lang,
    title: document.title,
    meta: Object.fromEntries(all("meta[name]").map((it) => [it.name, it.content])),
    headings: all("h1,h2,h3,h4,h5,h6").map((it) => ({ level: Number(it.tagName[1]), text: text(it) })),
    paragraphs: all("p").map(text),
    links: all("a[href]").map((it) => ({ text: text(it), href: it.getAttribute("href"), type: it.type, download: it.download })),
    elements: [...new Set(all("*").map((it) => it.localName))].sort(),
    ids: all("[id]").map((it) => it.id),
    styled: getComputedStyle(document.body).lineHeight !== "normal",
    // The text from top to bottom, without the tables and the additions of the page to the report.
    running: all("h1, article > :not(header, nav, .scroll), article > header > .correction, body > div[lang] > *")
      .filter((it) => !it.querySelector("table")).map(text),
    cells: all("table").map((table) => [...table.rows].map((row) => [...row.cells].map((cell) => {
      const style = getComputedStyle(cell);
      return {
        tag: cell.localName, text: text(cell), attributes: cell.getAttributeNames(),
        colspan: cell.colSpan, rowspan: cell.rowSpan,
        borders: ["Top", "Right", "Bottom", "Left"].map((side) => style[`border${side}Style`]),
      };
    }))),
  };
}

/** Finds elements that are cut off or overlap at this width. */
function inLayout() {
  const problems = [];
  const name = (it) => `${it.localName} “${it.textContent.trim().slice(0, 20)}”`;
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) problems.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const scrolls = (it) => { for (; it; it = it.parentElement) if (/auto|scroll/.test(getComputedStyle(it).overflowX)) return true; };
  const seen = (it) => it.getClientRects().length > 0 && !it.closest(".skip, .unseen, caption");
  const range = document.createRange();
  for (const it of document.querySelectorAll("h1,h2,h3,h4,p,li,th,td,a")) {
    if (!seen(it)) continue;
    range.selectNodeContents(it);
    const box = it.getBoundingClientRect(), words = range.getBoundingClientRect();
    if (!scrolls(it) && (words.right > wide + 1 || words.left < -1)) problems.push(`${name(it)} reaches out of the page`);
    if (/^t[hd]$/.test(it.localName) && words.width > 0 &&
      (words.left < box.left - 1 || words.right > box.right + 1 || words.top < box.top - 1 || words.bottom > box.bottom + 1))
      problems.push(`${name(it)} reaches out of its cell`);
  }
  const blocks = [...document.querySelectorAll("article > *, article > header > *, body > div[lang] > *")].filter((it) => seen(it) && it.localName !== "header");
  for (let i = 1; i < blocks.length; i++)
    if (blocks[i].getBoundingClientRect().top < blocks[i - 1].getBoundingClientRect().bottom - 0.5) problems.push(`${name(blocks[i])} overlaps what is above it`);
  return {
    problems,
    smallest: Math.min(...[...document.querySelectorAll("p,th,td,li,a")].map((it) => parseFloat(getComputedStyle(it).fontSize))),
    scrolling: [...document.querySelectorAll("table")].map((it) => it.parentElement.scrollWidth > it.parentElement.clientWidth),
  };
}

/** Scrolls the tables to their last column and row: which labels stay in place, which figures are visible. */
function whenScrolled() {
  return [...document.querySelectorAll("table")].map((table) => {
    const box = table.parentElement;
    box.scrollIntoView({ block: "start" });
    box.scrollTo(box.scrollWidth, box.scrollHeight);
    const edge = box.getBoundingClientRect();
    const cells = [...table.querySelectorAll("td.stub, th.stub")];
    const strayed = cells.filter((it) => {
      const rect = it.getBoundingClientRect();
      return rect.left < edge.left - 1 || rect.right > edge.right + 1;
    });
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const last = [...rows.at(-1).cells].at(-1);
    last.scrollIntoView({ block: "nearest", inline: "nearest" });
    const rect = last.getBoundingClientRect();
    const top = document.elementFromPoint((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2);
    const head = table.tHead?.getBoundingClientRect();
    const headStays = head ? head.top >= edge.top - 1 && head.bottom <= edge.bottom : null;
    box.scrollTo(box.scrollWidth / 3, box.scrollHeight / 3);
    return { stub: cells.length, strayed: strayed.map((it) => it.textContent), lastSeen: last.contains(top), headStays, room: edge.width };
  });
}

async function axe(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.html.slice(0, 120)).join(" | ").slice(0, 600)}`);
}

/** Reads the tables of the accessibility tree; headers of a cell are followed through their own headers, outermost first. */
async function tables(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const { nodes: elements } = await session.send("DOM.getFlattenedDocument", { depth: -1 });
  await session.detach();
  const byId = new Map(nodes.map((it) => [it.nodeId, it]));
  const element = new Map(elements.map((it) => [it.backendNodeId, it]));
  const attribute = (node, name) => {
    const list = element.get(node.backendDOMNodeId)?.attributes ?? [];
    const at = list.findIndex((it, index) => index % 2 === 0 && it === name);
    return at < 0 ? "" : list[at + 1];
  };
  const children = (node) => (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean);
  const below = function* (node, roles) {
    for (const child of children(node)) {
      if (roles.includes(child.role?.value)) yield child;
      else yield* below(child, roles);
    }
  };
  const said = (node) => node.role?.value === "StaticText" ? node.name?.value ?? "" : children(node).map(said).join("");
  return [...below(byId.get(nodes[0].nodeId), ["table"])].map((table) => {
    const problems = [], cells = [], taken = new Map();
    [...below(table, ["row"])].forEach((row, y) => {
      let x = 0;
      for (const node of below(row, ["cell", "gridcell", "columnheader", "rowheader"])) {
        while (taken.has(`${y} ${x}`)) x++;
        const rowspan = Number(attribute(node, "rowspan") || 1), colspan = Number(attribute(node, "colspan") || 1);
        for (let dy = 0; dy < rowspan; dy++) for (let dx = 0; dx < colspan; dx++) {
          if (taken.has(`${y + dy} ${x + dx}`)) problems.push(`two cells cover ${y + dy} ${x + dx}`);
          taken.set(`${y + dy} ${x + dx}`, node);
        }
        const role = node.role.value;
        cells.push({
          node, row: y, column: x, rowspan, colspan, role, kind: role.endsWith("header") ? "TH" : "TD", text: said(node),
          id: attribute(node, "id"), own: attribute(node, "headers").split(" ").filter(Boolean),
        });
        x += colspan;
      }
    });
    const headers = new Map(cells.filter((it) => it.kind === "TH").map((it) => [it.id, it]));
    const chain = (cell, above) => cell.own.flatMap((id) => {
      const header = headers.get(id);
      if (!header || above.includes(header)) { problems.push(`headers of “${cell.text}” name ${id}`); return []; }
      return [...chain(header, [...above, header]), header];
    });
    return {
      name: table.name?.value ?? "",
      problems,
      cells: cells.map(({ node, own, ...cell }) => {
        const all = [...new Set(chain({ ...cell, own }, []))];
        return {
          ...cell,
          own: own.map((id) => headers.get(id)?.text),
          row_headers: all.filter((it) => it.role === "rowheader").map((it) => it.text),
          column_headers: all.filter((it) => it.role === "columnheader").map((it) => it.text),
        };
      }),
    };
  });
}
