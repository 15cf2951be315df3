// The other side: ocpp-rpc in its strict mode, as a station or as a CSMS.
//   node peer.mjs station PROTOCOL ENDPOINT FOLDER   connects, calls, is called, and prints the counts
//   node peer.mjs csms PROTOCOL FOLDER               prints its endpoint, and serves until its standard input ends
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import ocpp from 'ocpp-rpc';

const callTimeoutMs = 10_000;
const [role, protocol, ...rest] = process.argv.slice(2);
const protocols = [protocol];
const folder = rest.pop();
const full = JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8'));
const minimal = JSON.parse(readFileSync(join(folder, 'minimal.json'), 'utf8'));
const both = name => ({ full: full[name], minimal: minimal[name] });
const samples = Object.fromEntries(Object.keys(full)
  .filter(name => name.endsWith('Request'))
  .map(name => name.slice(0, -'Request'.length))
  .map(action => [action, { request: both(`${action}Request`), response: both(`${action}Response`) }]));

// ocpp-rpc has no SEND: the payloads go in a DataTransfer.
const oneWay = Object.keys(full).filter(name => !/(Request|Response)$/.test(name));

// ocpp-rpc looks for urn:Reset.req and urn:Reset.conf; its own schemas of 2.1 have other ids, which its strict mode doesn't find.
const schemas21 = createRequire(import.meta.url)('ocpp-rpc/lib/schemas/ocpp2_1.json');
const validator21 = ocpp.createValidator('ocpp2.1', schemas21.map(schema => ({
  ...schema, $id: schema.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf'),
})));

// ajv warns of how these schemas are written, hundreds of times; what a message breaks in them is thrown.
console.warn = () => {};
const strict = { protocols, strictMode: true, strictModeValidators: [validator21], callTimeoutMs };

// What a DataTransfer asks for by its vendorId; anything else is one of the samples.
const wishes = {
  error: 'interop.error', silence: 'interop.silence', cut: 'interop.cut', callBack: 'interop.call-back', take: 'interop.take',
};

const counts = { calls: 0, answers: 0, refused: 0, strictFailures: 0 };

function demand(holds, what) {
  if (!holds) {
    throw new Error(`interop: ${what}`);
  }
}

const formOf = (payload, { full: whole }) => (isDeepStrictEqual(payload, whole) ? 'full' : 'minimal');

function watch(client) {
  client.on('strictValidationFailure', event => {
    counts.strictFailures++;
    console.error(`strict validation failed: ${event.method}${event.outbound ? ', sent' : ', received'}${event.result ? ', response' : ''}: ${event.error.message} ${JSON.stringify(event.result ?? event.params)}`);
  });
  client.on('badMessage', event => {
    counts.strictFailures++;
    console.error(`bad message: ${event.error.message}`);
  });
}

function answer(client) {
  for (const action of Object.keys(samples)) {
    client.handle(action, async ({ params }) => {
      switch (action === 'DataTransfer' ? params.vendorId : undefined) {
        case wishes.error:
          throw ocpp.createRPCError('NotSupported', 'interop: refused on purpose', {});
        case wishes.silence:
          return await new Promise(() => {});
        case wishes.cut:
          setTimeout(() => client._ws.terminate(), 10);
          return { status: 'Accepted' };
        case wishes.callBack:
          await callAll(client);
          return { status: 'Accepted' };
        case wishes.take: {
          const { action: name, payload } = params.data;
          validator21.validate(`urn:${name}`, payload);
          demand(isDeepStrictEqual(payload, full[name]) || isDeepStrictEqual(payload, minimal[name]), `${name}: another message than was sent`);
          counts.answers++;
          return { status: 'Accepted' };
        }
        default: {
          const form = formOf(params, samples[action].request);
          demand(isDeepStrictEqual(params, samples[action].request[form]), `${action}, ${form}: another request than was sent`);
          counts.answers++;
          return samples[action].response[form];
        }
      }
    });
  }
}

/** Every action with every payload; then one that is refused, and one that is never answered. */
async function callAll(client) {
  for (const [action, { request, response }] of Object.entries(samples)) {
    for (const form of ['full', 'minimal']) {
      // Where the two are the same, the answer is the full one.
      const answerForm = formOf(request[form], request);
      const result = await client.call(action, request[form]);
      demand(isDeepStrictEqual(result, response[answerForm]), `${action}, ${form}: another response than was sent`);
      counts.calls++;
    }
  }

  for (const name of oneWay) {
    for (const payload of [full[name], minimal[name]]) {
      const { status } = await client.call('DataTransfer', { vendorId: wishes.take, data: { action: name, payload } });
      demand(status === 'Accepted', `${name} was refused`);
      counts.calls++;
    }
  }

  const refusal = await client.call('DataTransfer', { vendorId: wishes.error }).then(() => null, error => error);
  demand(refusal?.rpcErrorCode === 'NotSupported', `a refused call ended with ${refusal}`);
  counts.refused++;

  const silence = await client.call('DataTransfer', { vendorId: wishes.silence }, { callTimeoutMs: 300 }).then(() => null, error => error);
  demand(silence instanceof ocpp.TimeoutError, `a call without an answer ended with ${silence}`);
}

async function beStation(endpoint) {
  const client = new ocpp.RPCClient({
    ...strict, endpoint, identity: 'INTEROP 1', backoff: { initialDelay: 50, maxDelay: 200 },
  });
  watch(client);
  answer(client);
  await client.connect();
  await callAll(client);
  const back = await client.call('DataTransfer', { vendorId: wishes.callBack }, { callTimeoutMs: 60_000 });
  demand(back.status === 'Accepted', 'the CSMS did not call back');

  const cut = new Promise(resolve => client.once('disconnect', resolve));
  await client.call('DataTransfer', { vendorId: wishes.cut });
  await cut;
  await client.call('Heartbeat', samples.Heartbeat.request.minimal);
  await client.close({ force: true });
  console.log(JSON.stringify(counts));
  demand(counts.strictFailures === 0, 'messages were not valid');
}

async function beCsms() {
  const server = new ocpp.RPCServer(strict);
  server.on('client', client => {
    watch(client);
    answer(client);
  });
  const http = await server.listen(0, '127.0.0.1');
  console.log(`ws://127.0.0.1:${http.address().port}/ocpp`);
  process.stdin.resume();
  await new Promise(resolve => process.stdin.on('end', resolve));
  await server.close({ force: true });
  console.log(JSON.stringify(counts));
  demand(counts.strictFailures === 0, 'messages were not valid');
}

try {
  await (role === 'station' ? beStation(rest[0]) : beCsms());
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
