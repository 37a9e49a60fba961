// Apache with its default log format for virtual hosts, `vhost_combined`. Addresses come from X-Forwarded-For.

import { join } from "node:path";
import { writeAll } from "../files.mjs";
import { start } from "./start.mjs";

const MODULES = "mpm_event authz_core dir mime alias remoteip".split(" ");

export async function serve({ work, folder, port, log, base = "/" }) {
  const modules = MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const config = `${modules.join("\n")}
ServerRoot ${work}
ServerName example.org
PidFile ${work}/apache.pid
DefaultRuntimeDir ${work}
Listen 127.0.0.1:${port}
TypesConfig /etc/mime.types
AddType text/javascript .js
AddType application/wasm .wasm
RemoteIPHeader X-Forwarded-For
DirectoryIndex index.html
${base === "/" ? `DocumentRoot ${folder}` : `DocumentRoot ${work}\nAlias ${base} ${folder}/`}
<Directory ${folder}>
  Require all granted
</Directory>
ErrorDocument 404 /404.html
ErrorLog ${work}/error.log
LogFormat "%v:%p %a %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" vhost_combined
CustomLog ${log} vhost_combined
`;
  writeAll(work, { "apache.conf": config });
  return start("apache2", ["-f", join(work, "apache.conf"), "-D", "FOREGROUND"], port);
}
