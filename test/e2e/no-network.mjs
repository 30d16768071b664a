// Preloaded with NODE_OPTIONS=--import: whatever opens a connection or looks up a name is written to the file named in
// NO_NETWORK_LOG, and fails.

import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

function refused(what) {
  return (...args) => {
    appendFileSync(process.env.NO_NETWORK_LOG, `${what} ${JSON.stringify(args[0]) ?? ''}\n`);
    throw new Error(`no network here: ${what}`);
  };
}

net.Socket.prototype.connect = refused('connect');
dgram.Socket.prototype.send = refused('send');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  dns[name] = refused(name);
  dns.promises[name] = refused(name);
}
syncBuiltinESMExports();
