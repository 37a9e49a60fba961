// The files of .github and action.yml: they can be read, workflows ask for as little as they need, and what they run and
// use is there.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseDocument } from "yaml";
import { ROOT } from "../../docs/vitepress/pages.js";

const files = readdirSync(join(ROOT, ".github"), { recursive: true })
  .map((file) => `.github/${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".yml"))
  .concat("action.yml");
const workflows = files.filter((file) => file.startsWith(".github/workflows/"));
const forms = files.filter((file) => /ISSUE_TEMPLATE\/\d/.test(file));
const read = (file) => readFileSync(join(ROOT, file), "utf8");

function parse(file) {
  const document = parseDocument(read(file), { strict: true, uniqueKeys: true });
  assert.deepEqual([...document.errors, ...document.warnings].map(String), [], file);
  return document.toJS();
}

test("every file is sound YAML", () => {
  assert.ok(workflows.length >= 3 && forms.length >= 3, files.join(" "));
  for (const file of files) assert.equal(typeof parse(file), "object", file);
});

test("every action is pinned by the hash of a commit, with its version beside it", () => {
  for (const file of files) {
    for (const [line] of read(file).matchAll(/^.*\buses: .*$/gm)) {
      assert.match(line, /uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, file);
    }
  }
});

for (const file of workflows) {
  test(`${file} reads alone unless a job asks for more, and every job ends`, () => {
    const { permissions, jobs } = parse(file);
    assert.deepEqual(permissions, { contents: "read" });
    for (const [name, job] of Object.entries(jobs)) {
      assert.ok(job["timeout-minutes"] > 0, `${name} has no timeout-minutes`);
      for (const needed of [job.needs ?? []].flat())
        assert.ok(jobs[needed], `${name} needs ${needed}, which is no job`);
    }
  });

  test(`${file} downloads only artifacts that a job uploads, and runs scripts that are there`, () => {
    const steps = Object.values(parse(file).jobs).flatMap((job) => job.steps);
    const artifacts = (action) =>
      steps.filter(({ uses }) => uses?.startsWith(`actions/${action}@`)).map((step) => step.with);
    const uploaded = artifacts("upload-artifact").map(({ name }) => name.replace(/\$\{\{.*\}\}/, "any"));
    for (const { name, pattern } of artifacts("download-artifact")) {
      const wanted = new RegExp(`^${(name ?? pattern).replaceAll("*", ".*")}$`);
      const isPart = (one) => wanted.test(one) || one.replace("any", "linux-x64").match(wanted);
      assert.ok(uploaded.some(isPart), `no job uploads ${name ?? pattern}`);
    }
    const run = steps.map((step) => step.run ?? "").join("\n");
    for (const [script] of run.matchAll(/\bscripts\/[\w.-]+/g)) assert.ok(existsSync(join(ROOT, script)), script);
  });
}

test("the fields of every form have an id of their own and a label", () => {
  for (const file of forms) {
    const { name, description, body } = parse(file);
    assert.ok(name && description, file);
    const fields = body.filter(({ type }) => type !== "markdown");
    assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length, file);
    for (const { id, attributes } of fields) assert.ok(id && attributes.label, file);
  }
});
