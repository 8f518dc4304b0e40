// Copies the vendored libraries out of node_modules: `npm ci && npm run vendor`, then commit what changed.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const locks = {};
for (const [name, { to, files, licence }] of Object.entries(JSON.parse(readFileSync('vendor.json', 'utf8')))) {
  const meta = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  const folder = to.endsWith('/axe') ? to : join(to, `${name.replace('@', '').replace('/', '-')}-${meta.version}`);
  mkdirSync(folder, { recursive: true });
  const entry = { version: meta.version, licence: meta.license, sha384: {} };
  for (const file of [...files, licence]) {
    const text = readFileSync(`node_modules/${name}/${file}`, 'utf8').replace(/^\/\/# sourceMappingURL=.*$|\/\*# sourceMappingURL=.*?\*\//gm, '');
    writeFileSync(join(folder, basename(file)), text);
    entry.sha384[basename(file)] = createHash('sha384').update(text).digest('base64');
  }
  (locks[to] ??= {})[name] = entry;
}
for (const [to, lock] of Object.entries(locks)) writeFileSync(join(to, 'vendor.lock.json'), JSON.stringify(lock, null, 2) + '\n');
