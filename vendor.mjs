// Copies what Waratah uses from node_modules into static/vendor/ (and, for the tests alone, tests/vendor/),
// each with its licence, and writes down the versions. Run `npm ci && npm run vendor` after a change of
// package.json or of a list in static/vendor/lucide/, and commit the result.
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs"
import {dirname, join} from "node:path"

const FONT_FILES = ["latin-wght-normal", "latin-ext-wght-normal", "latin-wght-italic", "latin-ext-wght-italic"]
const MONO_FILES = ["latin-wght-normal", "latin-ext-wght-normal"]

const PACKAGES = [
  {name: "htmx.org", into: "static/vendor/htmx", files: {"dist/htmx.min.js": "htmx.min.js"}},
  {name: "@github/hotkey", into: "static/vendor/hotkey", files: {"dist/index.js": "hotkey.js"}},
  {name: "@github/combobox-nav", into: "static/vendor/combobox-nav", files: {"dist/index.js": "combobox-nav.js"}},
  {name: "lucide-static", into: "static/vendor/lucide", files: {}},
  {
    name: "@fontsource-variable/atkinson-hyperlegible-next",
    into: "static/vendor/atkinson-hyperlegible-next",
    files: fontFiles("atkinson-hyperlegible-next", FONT_FILES),
  },
  {
    name: "@fontsource-variable/atkinson-hyperlegible-mono",
    into: "static/vendor/atkinson-hyperlegible-mono",
    files: fontFiles("atkinson-hyperlegible-mono", MONO_FILES),
  },
  {name: "axe-core", into: "tests/vendor/axe-core", files: {"axe.min.js": "axe.min.js"}},
]

for (const wanted of PACKAGES) copyPackage(wanted)
writeSprite("static/vendor/lucide")
writeMarks("static/vendor/lucide", "static/css/marks.css")
writeVersions("static/vendor/versions.json", "static/")
writeVersions("tests/vendor/versions.json", "tests/")

function fontFiles(family, variants) {
  return Object.fromEntries(variants.map((variant) => [`files/${family}-${variant}.woff2`, `${variant}.woff2`]))
}

function copyPackage({name, into, files}) {
  const source = join("node_modules", name)
  const lists = existsSync(into) ? readdirSync(into).filter((file) => file.endsWith(".txt")) : []
  const kept = lists.map((list) => [list, readFileSync(join(into, list), "utf8")])
  rmSync(into, {recursive: true, force: true})
  mkdirSync(into, {recursive: true})
  for (const [list, text] of kept) writeFileSync(join(into, list), text)
  for (const [from, to] of Object.entries(files)) {
    mkdirSync(dirname(join(into, to)), {recursive: true})
    if (to.endsWith(".js")) writeFileSync(join(into, to), withoutSourceMap(join(source, from)))
    else cpSync(join(source, from), join(into, to))
  }
  cpSync(join(source, "LICENSE"), join(into, "LICENSE"))
}

// The maps are not copied, and a hashing file storage refuses a reference to a file that is not there.
function withoutSourceMap(path) {
  return readFileSync(path, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n")
}

function writeSprite(folder) {
  const symbols = namesIn(join(folder, "icons.txt")).map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${shapesOf(name)}</symbol>`)
  writeFileSync(join(folder, "sprite.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`)
}

// As masks: the colour comes from the text, so the drawing itself is black.
function writeMarks(folder, target) {
  const open = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='black' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'>`
  const rules = namesIn(join(folder, "marks.txt")).map((name) => {
    const drawing = `${open}${shapesOf(name).replaceAll('"', "'")}</svg>`.replaceAll("<", "%3C").replaceAll(">", "%3E").replaceAll("#", "%23")
    return `    --icon-${name}: url("data:image/svg+xml,${drawing}");`
  })
  const head = "/* Written by vendor.mjs from static/vendor/lucide/marks.txt: Lucide's drawings, its licence beside the list. */"
  writeFileSync(target, `${head}\n@layer tokens {\n  :root {\n${rules.join("\n")}\n  }\n}\n`)
}

function namesIn(list) {
  return readFileSync(list, "utf8").split("\n").map((line) => line.split("#")[0].trim()).filter(Boolean).toSorted()
}

function shapesOf(icon) {
  const drawing = readFileSync(join("node_modules/lucide-static/icons", `${icon}.svg`), "utf8")
  return drawing.replace(/<!--.*?-->/s, "").replace(/<svg[^>]*>/s, "").replace("</svg>", "").replace(/\s+/g, " ").trim()
}

function writeVersions(path, root) {
  const versions = PACKAGES.filter(({into}) => into.startsWith(root)).map(({name, into}) => {
    const {version, license} = JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8"))
    return [name, {version, license, folder: into}]
  })
  writeFileSync(path, JSON.stringify(Object.fromEntries(versions), null, 2) + "\n")
}
