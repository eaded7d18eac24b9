// Runs Ace over many files in one process: node ace.cjs TOOLS REPORTS FILE...
// The reports are REPORTS/0/report.json, REPORTS/1/report.json and so on.
const path = require("path");
const { createRequire } = require("module");

const [tools, reports, ...files] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(tools), "package.json"));
// As Ace's own command does: the runner and its messages come before the core.
const logger = load("@daisy/ace-logger");
const ace = load("@daisy/ace-core");
const runner = load("@daisy/ace-axe-runner-puppeteer");

async function main() {
  logger.initLogger({ verbose: false, silent: true, fileName: "ace-conformance.log" });
  for (const [index, file] of files.entries()) {
    const outdir = path.join(path.resolve(reports), String(index));
    await ace(path.resolve(file), { cwd: process.cwd(), outdir, silent: true, jobId: "", lang: "en" }, runner);
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
