import './scheduler.ts';
import type { VmManifest } from '../../format/manifest.ts';
import { partPaths } from '../../format/parts-disk.ts';
import type { FromWorker, ToWorker } from '../protocol.ts';
import { Machine } from './machine.ts';
import { OutputBatch } from './output.ts';

/* The worker in which the machine runs, so that the page stays smooth. */

/** Parts of the disk that are fetched at once when all are to be kept. */
const AT_ONCE = 6;

let machine: Machine | undefined;
let manifest: VmManifest | undefined;

const tell = (message: FromWorker, transfer: Transferable[] = []) =>
  postMessage(message, { transfer });
const fail = (error: unknown) =>
  tell({ kind: 'fault', message: error instanceof Error ? error.message : String(error) });
const output = new OutputBatch((serial, bytes) =>
  tell({ kind: 'output', serial, bytes }, [bytes.buffer]),
);

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  void obey(data).catch(fail);
});
// v86 starts in promises that it hands to nobody: where memory is lacking, one of them says so.
addEventListener('unhandledrejection', ({ reason }) => fail(reason));

async function obey(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'start':
      ({ manifest } = message);
      machine = await Machine.start(message.base, manifest, {
        loading: (loaded, total) => tell({ kind: 'loading', loaded, total }),
        output: (serial, byte) => output.add(serial, byte),
        waiting: () => tell({ kind: 'waiting' }),
        goesOn: () => tell({ kind: 'goes-on' }),
        failed: fail,
      });
      tell({ kind: 'started' });
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
      await keep().catch((error: unknown) => tell({ kind: 'not-kept', message: String(error) }));
      break;
    case 'measure':
      measure();
      break;
  }
}

function measure(): void {
  if (machine === undefined) return;
  const { files, disk, memory } = machine;
  tell({ kind: 'measured', figures: { network: files.network, parts: disk.reads, memory } });
}

async function keep(): Promise<void> {
  if (machine === undefined || manifest === undefined) return;
  const { files } = machine;
  const left = partPaths(manifest.disk);
  let bytes = 0;
  // Where one part cannot be kept, that is the last word: what else is under way is not told.
  let isOver = false;
  const fetchAll = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const more = await files.keepPart(path);
      if (isOver) return;
      bytes += more;
      tell({ kind: 'kept', bytes, done: false });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, fetchAll));
  } finally {
    isOver = true;
    left.length = 0;
  }
  tell({ kind: 'kept', bytes, done: true });
}
