// nginx with its default log format, `combined`. Addresses come from X-Forwarded-For, as behind a proxy.

import { join } from "node:path";
import { writeAll } from "../files.mjs";
import { start } from "./start.mjs";

export async function serve({ work, folder, port, log, base = "/" }) {
  const place = base === "/" ? `root ${folder};` : `location ${base} { alias ${folder}/; }`;
  const config = `daemon off; pid ${work}/nginx.pid; error_log stderr; user root;
events {}
http {
  types { text/html html; text/css css; text/javascript js; application/wasm wasm; application/json json; }
  client_body_temp_path ${work}/body; proxy_temp_path ${work}/proxy; fastcgi_temp_path ${work}/fastcgi;
  uwsgi_temp_path ${work}/uwsgi; scgi_temp_path ${work}/scgi;
  set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;
  access_log ${log} combined;
  server { listen 127.0.0.1:${port}; ${place} error_page 404 /404.html; }
}`;
  writeAll(work, { "nginx.conf": config });
  return start("nginx", ["-c", join(work, "nginx.conf"), "-p", work, "-e", "stderr"], port);
}
