import './scheduler.ts';
import type { VmManifest } from '../../format/manifest.ts';
import { keptPaths } from '../../format/kept.ts';
import type { FromWorker, ToWorker } from '../protocol.ts';
import { Machine } from './machine.ts';
import { OutputBatch } from './output.ts';
import { Saver } from './saver.ts';

/* The worker in which the machine runs, so that the page stays responsive. */

/** Parts of the disk that are fetched at the same time when the whole disk is stored. */
const AT_ONCE = 6;

let machine: Machine | undefined;
let manifest: VmManifest | undefined;
let saver: Saver | undefined;

const post = (message: FromWorker, transfer: Transferable[] = []) =>
  postMessage(message, { transfer });
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const fail = (error: unknown) => post({ kind: 'fault', message: messageOf(error) });
const output = new OutputBatch((serial, bytes) =>
  post({ kind: 'output', serial, bytes }, [bytes.buffer]),
);

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  void handle(data).catch(fail);
});
// v86 does not return its startup promises; if there is not enough memory, one of them is rejected.
addEventListener('unhandledrejection', ({ reason }) => fail(reason));

type Message<Kind> = Extract<ToWorker, { readonly kind: Kind }>;

async function handle(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'start':
      await start(message);
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
    case 'save':
      await save(message.notes).catch((error: unknown) =>
        post({ kind: 'not-saved', message: messageOf(error) }),
      );
      break;
    case 'forget':
      await saver?.forgetAll();
      break;
    case 'measure':
      await measure();
      break;
  }
}

async function start({ base, lesson, isReset, ...message }: Message<'start'>): Promise<void> {
  ({ manifest } = message);
  const saved = Saver.open(base, lesson, manifest.files.state.sha256).then(async (opened) => {
    saver = opened;
    if (isReset) await opened.forget();
    return opened.load();
  });
  machine = await Machine.start(base, manifest, saved, {
    loading: post,
    waiting: post,
    resumed: post,
    output: (serial, byte) => output.add(serial, byte),
    failed: fail,
  });
  post({ kind: 'started', resumed: machine.resumed });
}

async function save(notes: readonly string[]): Promise<void> {
  if (machine === undefined) return;
  const saved = await saver?.save(machine, notes);
  if (saved !== undefined) post({ kind: 'saved', ...saved });
}

async function measure(): Promise<void> {
  if (machine === undefined) return;
  const { files, disk, memory } = machine;
  const saved = await saver?.sizes();
  const figures = { network: files.network, parts: disk.reads, memory, saved };
  post({ kind: 'measured', figures });
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
