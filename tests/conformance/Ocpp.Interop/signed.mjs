// A station that signs with jose, another implementation of JSON Web Signatures, after part 4, section 7:
//   node signed.mjs ENDPOINT FOLDER   calls signed, is called signed, sends what must be refused, and prints the counts
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FlattenedSign, flattenedVerify } from 'jose';
import WebSocket from 'ws';

const [endpoint, folder] = process.argv.slice(2);
const algorithms = ['ES256', 'RS256', 'RS384'];
const counts = { signed: 0, verified: 0, answered: 0, refused: 0 };
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function identityOf(name) {
  const certificate = new X509Certificate(readFileSync(join(folder, `${name}.crt`)));
  return {
    certificate,
    hash: createHash('sha256').update(certificate.raw).digest('base64url'),
    key: name === 'csms' ? null : createPrivateKey(readFileSync(join(folder, `${name}.key`))),
  };
}

const own = { ES256: identityOf('ec'), RS256: identityOf('rsa'), RS384: identityOf('rsa') };
const csms = identityOf('csms');

function demand(holds, what) {
  if (!holds) {
    throw new Error(`interop: ${what}`);
  }
}

/** The specification's own spelling of the message type, and no message id. */
function sign(payload, type, action, algorithm) {
  return new FlattenedSign(encoder.encode(JSON.stringify(payload)))
    .setProtectedHeader({
      alg: algorithm, OCPPAction: action, OCPPMessageTypedId: type, 'x5t#S256': own[algorithm].hash,
    })
    .sign(own[algorithm].key);
}

async function open(jws, type, action) {
  const { payload, protectedHeader } = await flattenedVerify(jws, csms.certificate.publicKey, { algorithms });
  demand(protectedHeader['x5t#S256'] === csms.hash, 'another certificate than that of the CSMS');
  demand(protectedHeader.OCPPAction === action && protectedHeader.OCPPMessageTypedId === type, 'another message');
  counts.verified++;
  return JSON.parse(decoder.decode(payload));
}

const socket = new WebSocket(`${endpoint}/SIGNED-1`, 'ocpp2.0.1');
const waiting = new Map();
let called;
const wasCalled = new Promise(resolve => { called = resolve; });
let nextId = 0;

function call(action, payload) {
  const id = `${++nextId}`;
  socket.send(JSON.stringify([2, id, action, payload]));
  return new Promise(resolve => waiting.set(id, resolve));
}

socket.on('message', async data => {
  const [type, id, ...rest] = JSON.parse(data);
  if (type !== 2) {
    waiting.get(id)([type, ...rest]);
    return;
  }

  const [action, jws] = rest;
  demand(action === 'DataTransfer-Signed', `called with ${action}`);
  const { vendorId, data: received } = await open(jws, 2, 'DataTransfer');
  demand(vendorId === 'csms', 'another request than was sent');
  const answer = await sign({ status: 'Accepted', data: received }, 3, 'DataTransfer', 'RS384');
  socket.send(JSON.stringify([3, id, answer]));
  counts.answered++;
  called();
});

await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
for (const algorithm of algorithms) {
  const data = `é "${algorithm}"`;
  const request = await sign({ vendorId: 'station', data }, 2, 'DataTransfer', algorithm);
  const [type, jws] = await call('DataTransfer-Signed', request);
  demand(type === 3, `answered with ${JSON.stringify(jws)}`);
  counts.signed++;
  demand((await open(jws, 3, 'DataTransfer')).data === data, 'another response than was expected');
}

// The same with damage: to the payload, to the action, and with the key of another.
const right = await sign({ vendorId: 'station' }, 2, 'DataTransfer', 'ES256');
for (const [action, wrong] of [
  ['DataTransfer-Signed', { ...right, payload: Buffer.from('{"vendorId":"other"}').toString('base64url') }],
  ['Heartbeat-Signed', right],
  ['DataTransfer-Signed', await sign({ vendorId: 'station' }, 3, 'DataTransfer', 'ES256')],
]) {
  const [type, code] = await call(action, wrong);
  demand(type === 4 && code === 'SecurityError', `answered a damaged message with ${type} ${code}`);
  counts.refused++;
}

await call('DataTransfer', { vendorId: 'call-back' });
await wasCalled;
await call('Heartbeat', {});
console.log(JSON.stringify(counts));
socket.close();
