// Caddy with its default log format, JSON. X-Forwarded-For is among the headers that it logs.

import { join } from "node:path";
import { writeAll } from "../files.mjs";
import { start } from "./start.mjs";

export async function serve({ work, folder, port, log, base = "/" }) {
  const files =
    base === "/"
      ? `root * ${folder}\n  file_server`
      : `handle_path ${base}* {\n    root * ${folder}\n    file_server\n  }`;
  const config = `{\n  admin off\n  auto_https off\n}\nhttp://:${port} {\n  bind 127.0.0.1\n  log {\n    output file ${log}\n  }\n  ${files}\n}\n`;
  writeAll(work, { Caddyfile: config });
  return start("caddy", ["run", "--config", join(work, "Caddyfile"), "--adapter", "caddyfile"], port);
}
