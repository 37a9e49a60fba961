// Writing and running, for generators and servers.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes files, by their path below a folder. */
export function writeAll(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Runs a program to its end, and returns what it printed; fails where it fails. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let out = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => {
        out += data;
      });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(out) : reject(new Error(`${program} ${args.join(" ")}\n${out}`)),
    );
  });
}

/** An article as Markdown, with these lines of front matter. */
export function markdown({ title, date, tags, paragraphs }, ...lines) {
  const front = [`title: ${JSON.stringify(title)}`, `date: ${date}`, `tags: ${JSON.stringify(tags)}`, ...lines];
  return `---\n${front.join("\n")}\n---\n\n${paragraphs.join("\n\n")}\n`;
}
