// The program foldin for this machine: the package that npm has installed for it, or the one in FOLDIN_PROGRAM.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { version, optionalDependencies } = require("../package.json");

/**
 * The path of the program.
 *
 * @throws {Error} if there is none, with lines that say what to do
 */
export function program() {
  const machine = `${process.platform}-${process.arch}`;
  const name = `@foldin/cli-${machine}`;
  const own = process.env.FOLDIN_PROGRAM;
  if (own) {
    if (existsSync(own)) return own;
    throw new Error(`FOLDIN_PROGRAM names ${own}, and there is no such file`);
  }
  if (!(name in optionalDependencies)) {
    throw new Error(lines(`there is no program for ${machine} on npm`, ...otherWays()));
  }
  try {
    return require.resolve(`${name}/bin/foldin${process.platform === "win32" ? ".exe" : ""}`);
  } catch {
    throw new Error(
      lines(
        `the package ${name} is not installed, which holds the program for this machine`,
        "it is missing after 'npm install --omit=optional', and where node_modules comes from another kind of machine;",
        `install it with 'npm install ${name}@${version}'`,
        ...otherWays(),
      ),
    );
  }
}

function otherWays() {
  return [
    "other ways to get the program: 'pip install foldin', 'cargo install foldin'; FOLDIN_PROGRAM=PATH names one;",
    "the function train of foldin/train needs no program: it learns in Node and in browsers",
  ];
}

/** @param {string[]} parts */
function lines(...parts) {
  return parts.join("\n  ");
}
