import './scheduler.ts';
import type { VmManifest } from '../../format/manifest.ts';
import { keptPaths } from '../../format/kept.ts';
import type { FromWorker, ToWorker } from '../protocol.ts';
import { Machine } from './machine.ts';
import { OutputBatch } from './output.ts';

/* The worker in which the machine runs, so that the page stays responsive. */

/** Parts of the disk that are fetched at the same time when the whole disk is stored. */
const AT_ONCE = 6;

let machine: Machine | undefined;
let manifest: VmManifest | undefined;

const post = (message: FromWorker, transfer: Transferable[] = []) =>
  postMessage(message, { transfer });
const fail = (error: unknown) =>
  post({ kind: 'fault', message: error instanceof Error ? error.message : String(error) });
const output = new OutputBatch((serial, bytes) =>
  post({ kind: 'output', serial, bytes }, [bytes.buffer]),
);

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  void handle(data).catch(fail);
});
// v86 does not return its startup promises; if there is not enough memory, one of them is rejected.
addEventListener('unhandledrejection', ({ reason }) => fail(reason));

async function handle(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'start':
      ({ manifest } = message);
      machine = await Machine.start(message.base, manifest, {
        loading: post,
        waiting: post,
        resumed: post,
        output: (serial, byte) => output.add(serial, byte),
        failed: fail,
      });
      post({ kind: 'started' });
      break;
    case 'input':
      await machine?.type(message.serial, message.bytes);
      break;
    case 'pause':
      await machine?.pause();
      break;
    case 'resume':
      await machine?.resume();
      break;
    case 'keep':
      await keep().catch((error: unknown) => post({ kind: 'not-kept', message: String(error) }));
      break;
    case 'measure':
      measure();
      break;
  }
}

function measure(): void {
  if (machine === undefined) return;
  const { files, disk, memory } = machine;
  post({ kind: 'measured', figures: { network: files.network, parts: disk.reads, memory } });
}

async function keep(): Promise<void> {
  if (machine === undefined || manifest === undefined) return;
  const { files } = machine;
  const left = keptPaths(manifest);
  let bytes = 0;
  // After one part could not be stored, the results of pending requests are ignored.
  let isOver = false;
  const fetchAll = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const more = await files.keepPart(path);
      if (isOver) return;
      bytes += more;
      post({ kind: 'kept', bytes, done: false });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, fetchAll));
  } finally {
    isOver = true;
    left.length = 0;
  }
  post({ kind: 'kept', bytes, done: true });
}
