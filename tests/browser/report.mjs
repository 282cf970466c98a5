// Opens pages of runs in a browser that can reach nothing, and works with them as a person does. What it says last is JSON of timings.
//
// node report.mjs BROWSER LARGE HOSTILE: a browser of the Chromium family, a page of 100,000 findings, and one of a run with hostile
// names. NODE_MODULES names the folder that has playwright-core and axe-core.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";

const require = createRequire(pathToFileURL(`${process.env.NODE_MODULES}/`));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [browserPath, large, hostile] = process.argv.slice(2);

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"] });
const timings = {};

async function open(file, { hash = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => trouble.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { trouble.push("a dialog"); dialog.dismiss(); });
  context.on("request", (request) => { if (request.url().split("#")[0] !== pathToFileURL(file).href) trouble.push(`request: ${request.url()}`); });
  const began = performance.now();
  await page.goto(pathToFileURL(file).href + hash);
  await page.locator("#grid [role=row][data-item]").first().waitFor();
  return { page, trouble, took: performance.now() - began, close: () => context.close() };
}
const said = (page) => page.locator("#said").textContent();
const cells = (page, name) => page.locator(`#body .c-${name}`).allTextContents();

// From the event to the rows that are drawn, in the page itself.
async function timed(page, act) {
  return page.evaluate(async (act) => {
    const form = document.getElementById("filters");
    const began = performance.now();
    if (act.sort) document.querySelector(`[data-sort="${act.sort}"]`).click();
    else { form.elements[act.name].value = act.value; form.dispatchEvent(new Event("input", { bubbles: true })); }
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - began;
  }, act);
}

async function accessible(page) {
  // The page's own policy lets no script in; this context was told to pass it over.
  await page.evaluate((text) => { new Function(text)(); }, axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  assert.deepEqual(grave.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].failureSummary]), []);
}

// ---- 100,000 findings ----
{
  const { page, trouble, took, close } = await open(large);
  timings.open = took;
  assert.match(await said(page), /^100,000 of 100,000 findings/);
  assert.ok((await page.locator("#body > *").count()) < 100, "only what is in sight is drawn");

  timings.filter_text = await timed(page, { name: "q", value: "part-77" });
  assert.match(await said(page), /^1,000 of 100,000 findings, 1 file$/);
  assert.match(page.url(), /#q=part-77/);
  timings.filter_none = await timed(page, { name: "q", value: "no such text" });
  assert.match(await said(page), /^None of 100,000 findings matches/);
  timings.filter_clear = await timed(page, { name: "q", value: "" });
  timings.filter_entity = await timed(page, { name: "entity", value: "phone" });
  assert.match(await said(page), /^50,000 of 100,000/);
  assert.deepEqual([...new Set(await cells(page, "entity"))], ["phone"]);
  timings.sort = await timed(page, { sort: "record" });
  assert.equal((await cells(page, "record"))[0], "0");
  timings.sort_back = await timed(page, { sort: "record" });
  assert.equal((await cells(page, "record"))[0], "499");
  assert.equal(await page.locator("[role=columnheader].c-record").getAttribute("aria-sort"), "descending");
  timings.group = await timed(page, { name: "group", value: "column" });
  assert.match(await said(page), /1 group$/);

  // By keys alone: a group is opened, its last row reached, a finding opened and left again.
  await page.locator("#body [tabindex='0']").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#body .group").getAttribute("aria-expanded"), "true");
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-rowindex") === "50002", null, { timeout: 5_000 });
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#finding").evaluate((dialog) => dialog.open), true);
  const address = page.url();
  const id = address.match(/[#&]f=([0-9a-f]{32})/)[1];
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-rowindex") === "50002", null, { timeout: 5_000 });
  assert.ok(!page.url().includes("f="));

  // Each step of scrolling draws rows.
  await page.evaluate(() => { document.getElementById("grid").scrollTop = 500_000; });
  await page.waitForFunction(() => [...document.querySelectorAll("#body [data-item]")].some((row) => row.dataset.item > 16_000));

  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#printed tr").count(), 0);
  const paper = await page.pdf();
  assert.equal(paper.subarray(0, 5).toString(), "%PDF-");
  assert.ok(paper.length > 20_000);
  assert.deepEqual(trouble, []);
  await close();

  // The address of a finding opens it, with the filter that it was found in.
  const linked = await open(large, { hash: `#f=${id}` });
  assert.ok((await linked.page.locator("#facts").textContent()).includes(id));
  assert.equal(await linked.page.locator("#body .chosen").count(), 1);
  assert.deepEqual(linked.trouble, []);
  await linked.close();
  const filtered = await open(large, { hash: "#entity=email&q=part-77&sort=-record" });
  assert.match(await said(filtered.page), /^500 of 100,000/);
  assert.equal(await filtered.page.locator("[name=entity]").inputValue(), "email");
  await filtered.page.evaluate(() => { location.hash = "#f=00000000000000000000000000000000"; });
  await filtered.page.waitForFunction(() => document.getElementById("said").textContent.includes("is not among the rows"));
  await filtered.page.evaluate(() => { location.hash = "#q=%E0%A4%A&__proto__=x"; });
  assert.deepEqual(filtered.trouble, []);
  await filtered.close();
}

// ---- names that want to be more than names ----
for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    const { page, trouble, close } = await open(hostile, { colorScheme, viewport: { width, height: 800 } });
    assert.equal(await page.evaluate(() => globalThis.owned), undefined);
    assert.equal(await page.locator("main img, main iframe, main script").count(), 0);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide at ${width}`);
    await page.locator("#body [data-item]").first().click();
    assert.equal(await page.locator("#finding img, #finding script").count(), 0);
    await page.keyboard.press("Escape");
    assert.deepEqual(trouble, []);
    await close();
    const looked = await open(hostile, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    await accessible(looked.page);
    await looked.page.locator("#body [data-item]").first().click();
    await accessible(looked.page);
    await looked.close();
  }
}

// The policy of the page holds against what a script could try.
{
  const { page, close } = await open(hostile);
  const refused = await page.evaluate(async () => {
    const tried = {};
    try { document.body.innerHTML += "<b>x</b>"; tried.html = true; } catch { tried.html = false; }
    try { tried.loaded = await fetch("https://example.com/").then(() => true); } catch { tried.loaded = false; }
    const script = document.createElement("script");
    try { script.textContent = "globalThis.owned = 1"; document.body.append(script); } catch { /* refused before it is in */ }
    tried.owned = globalThis.owned === 1;
    return tried;
  });
  assert.deepEqual(refused, { html: false, loaded: false, owned: false });
  await close();
}

await browser.close();
console.log(JSON.stringify(Object.fromEntries(Object.entries(timings).map(([name, took]) => [name, Math.round(took)]))));
