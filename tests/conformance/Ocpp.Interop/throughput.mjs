// Round trips with ocpp-rpc in its strict mode on both ends, for Ocpp.Benchmarks --floor:
//   node throughput.mjs FOLDER csms                     prints its endpoint, serves until its input ends; a line on
//                                                       the input asks for the processor time so far
//   node throughput.mjs FOLDER stations ENDPOINT COUNT  connects; each line on the input is a number of seconds to call
// What was used is printed as a line of JSON. Node.js does not count the bytes that it allocates.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import ocpp from 'ocpp-rpc';

const protocols = ['ocpp2.0.1'];
const action = 'TransactionEvent';
const [folder, role, ...rest] = process.argv.slice(2);
const samples = JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8'));
const tell = (Trips, ProcessorMs) => console.log(JSON.stringify({ Trips, ProcessorMs, AllocatedBytes: 0 }));
const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function csms() {
  const response = samples[`${action}Response`];
  const server = new ocpp.RPCServer({ protocols, strictMode: true });
  server.on('client', client => client.handle(action, () => response));
  const http = await server.listen(0, '127.0.0.1');
  console.log(`ws://127.0.0.1:${http.address().port}/ocpp`);
  for await (const _ of createInterface({ input: process.stdin })) {
    tell(0, processorMs());
  }
  await server.close({ force: true });
}

async function stations(endpoint, count) {
  const request = samples[`${action}Request`];
  const clients = await Promise.all(Array.from({ length: Number(count) }, async (_, i) => {
    const client = new ocpp.RPCClient({ endpoint, identity: `CS-${i}`, protocols, strictMode: true });
    await client.connect();
    return client;
  }));
  console.log('connected');
  for await (const seconds of createInterface({ input: process.stdin })) {
    const start = processorMs();
    const end = performance.now() + 1000 * Number(seconds);
    let trips = 0;
    await Promise.all(clients.map(async client => {
      while (performance.now() < end) {
        await client.call(action, request);
        trips++;
      }
    }));
    tell(trips, processorMs() - start);
  }
  process.exit(0);
}

await (role === 'csms' ? csms() : stations(...rest));
