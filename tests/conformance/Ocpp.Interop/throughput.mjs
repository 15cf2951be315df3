// The same round trips with ocpp-rpc on both ends:
//   node throughput.mjs csms FOLDER strict|plain                            prints its endpoint, serves until its input ends
//   node throughput.mjs stations ENDPOINT FOLDER strict|plain COUNT SECONDS prints round trips and processor milliseconds
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ocpp from 'ocpp-rpc';

const protocols = ['ocpp2.0.1'];
const action = 'TransactionEvent';
const [role, ...rest] = process.argv.slice(2);
const read = name => JSON.parse(readFileSync(join(role === 'csms' ? rest[0] : rest[1], 'samples.json'), 'utf8'))[name];
const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function csms([, mode]) {
  const response = read(`${action}Response`);
  const server = new ocpp.RPCServer({ protocols, strictMode: mode === 'strict' });
  server.on('client', client => client.handle(action, () => response));
  const http = await server.listen(0, '127.0.0.1');
  console.log(`ws://127.0.0.1:${http.address().port}/ocpp`);
  process.stdin.resume();

  // A line on the input asks for the processor time so far.
  process.stdin.on('data', () => console.log(processorMs()));
  await new Promise(resolve => process.stdin.on('end', resolve));
  await server.close({ force: true });
}

async function stations([endpoint, , mode, count, seconds]) {
  const request = read(`${action}Request`);
  const clients = await Promise.all(Array.from({ length: Number(count) }, async (_, i) => {
    const client = new ocpp.RPCClient({ endpoint, identity: `CS-${i}`, protocols, strictMode: mode === 'strict' });
    await client.connect();
    return client;
  }));
  const turn = async until => {
    let trips = 0;
    await Promise.all(clients.map(async client => {
      while (performance.now() < until) {
        await client.call(action, request);
        trips++;
      }
    }));
    return trips;
  };
  await turn(performance.now() + 2000);
  console.log('warm');
  await new Promise(resolve => process.stdin.once('data', resolve));
  const start = processorMs();
  const trips = await turn(performance.now() + 1000 * Number(seconds));
  console.log(`${trips} ${processorMs() - start}`);
  process.exit(0);
}

await (role === 'csms' ? csms(rest) : stations(rest));
