/**
 * A process that takes part in an election and, while it leads, writes its name four times a second. Its arguments are the URL
 * of the API server, its authority in base64, a token, the namespace and its name. It says `leading` and `lost`, and ends
 * when it has lost.
 */
import { systemClock } from '../../../src/kube/clock.ts';
import { connect, holdLease } from '../../../src/kube/index.ts';
import { CONFIG_MAPS, through } from './support.ts';

const [url = '', authority = '', token = '', namespace = '', name = ''] = process.argv.slice(2);
const credentials = through({ url, ca: Buffer.from(authority, 'base64').toString() }, token);

const lease = holdLease({
  kube: connect(credentials),
  namespace,
  name: 'leader',
  identity: name,
  clock: systemClock,
  random: Math.random,
  onLeading: () => {
    process.stdout.write('leading\n');
    setInterval(write, 250);
  },
  onLost: () => process.stdout.write('lost\n', () => process.exit(3)),
});
const kube = connect(credentials, { fence: lease.fence });
let count = 0;

async function write(): Promise<void> {
  count += 1;
  const metadata = { namespace, name: 'written' };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { by: `${name} ${count}` } };
  await kube.apply(CONFIG_MAPS, object, { fieldManager: 'leader', force: true });
}

process.on('SIGTERM', () => void lease.release().then(() => process.exit(0)));
