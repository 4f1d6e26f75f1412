import type { FromFrame, Need, ToFrame, View } from './protocol.ts';

/*
 * The script of the page in the pane's frame (src/browser-lab/build/port-frame.ts). The frame has
 * an origin of its own and a policy that loads nothing but `data:` addresses. It shows a document
 * of a server in the machine without its scripts, and reports links and forms to the pane. It
 * imports only types, because it is part of that page.
 */

/** Milliseconds after which a document is shown even if its style sheets have not arrived. */
const PATIENCE = 4000;

/** Elements without a function here, or whose function belongs to the pane. */
const REMOVED = 'script, base, meta[http-equiv], iframe, frame, object, embed, template, link';

/** Attributes from which elements would load something, or run it. */
const LOADING = ['src', 'srcset', 'imagesrcset', 'poster', 'background', 'data', 'ping'];

/** Set by the first message, which is from the pane. */
let port: MessagePort | undefined;
/** Where the document comes from, and to what its addresses are relative. */
let base = 'http://localhost/';
let shown = '';

const post = (message: FromFrame) => port?.postMessage(message);

const waiting = new Map<number, (text: string | undefined) => void>();
let needs = 0;

/** Asks the pane for what the document needs. */
function load(need: Need): Promise<string | undefined> {
  const id = ++needs;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    post({ kind: 'need', id, need });
  });
}

addEventListener(
  'message',
  ({ source, ports }) => {
    if (source !== parent) return;
    [port] = ports;
    if (port === undefined) return;
    port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
      if (data.kind === 'loaded') {
        waiting.get(data.id)?.(data.text);
        waiting.delete(data.id);
      } else void show(data.address, data.view);
    };
    post({ kind: 'ready' });
  },
  { once: true },
);

/** Number of the document that is shown: one that comes later replaces it while it loads. */
let turn = 0;

async function show(address: string, view: View): Promise<void> {
  const own = ++turn;
  waiting.clear();
  const parsed = view.kind === 'html' ? parse(view.text) : plain(view);
  const place = absolute(parsed.querySelector('base[href]')?.getAttribute('href'), address);
  const scripts = parsed.querySelector('script') !== null;
  const styles = clean(parsed, place);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.race([Promise.all(styles), late]);
  if (own !== turn) return;
  [base, shown] = [place, address];
  const images = addImages(parsed, place);
  const title = parsed.title;
  document.replaceChild(document.adoptNode(parsed.documentElement), document.documentElement);
  document.title = title;
  scrollToPart(address);
  post({ kind: 'shown', title, scripts });
  for (const image of images) void image();
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** A document with a text or an image. */
function plain(view: Exclude<View, { kind: 'html' }>): Document {
  const made = parse('<meta name="color-scheme" content="light dark">');
  const content = made.createElement(view.kind === 'text' ? 'pre' : 'img');
  if (view.kind === 'text') {
    content.textContent = view.text;
    content.setAttribute('style', 'white-space: pre-wrap; overflow-wrap: anywhere');
  } else content.setAttribute('data-lab-loaded', view.source);
  made.body.append(content);
  return made;
}

/**
 * Removes what does not work in the pane, and prepares links.
 * @returns promises of the style sheets
 */
function clean(parsed: Document, place: string): Promise<void>[] {
  const styles = [...parsed.querySelectorAll('link[rel~="stylesheet" i][href], style')].map(
    (sheet) => replaceSheet(parsed, sheet, place),
  );
  for (const element of parsed.querySelectorAll(REMOVED)) element.remove();
  // Scripts do not run.
  for (const element of parsed.querySelectorAll('noscript'))
    element.replaceWith(...element.childNodes);
  for (const element of parsed.querySelectorAll('*')) {
    const source = element.getAttribute('src') ?? element.getAttribute('poster');
    const linked = element.getAttribute('href') ?? element.getAttribute('xlink:href');
    for (const { name } of [...element.attributes])
      if (/^on/i.test(name) || LOADING.includes(name)) element.removeAttribute(name);
    if (source !== null && isImage(element)) element.setAttribute('data-lab-source', source);
    if (linked !== null) prepareLink(element, linked, place);
    const style = element.getAttribute('style');
    if (style?.includes('url(') === true) {
      element.removeAttribute('style');
      styles.push(
        load({ as: 'css', text: style, base: place }).then((text = '') =>
          element.setAttribute('style', text),
        ),
      );
    }
  }
  return styles;
}

/** Replaces a style sheet by one in which everything that it refers to is part of it. */
async function replaceSheet(parsed: Document, sheet: Element, place: string): Promise<void> {
  const own = parsed.createElement('style');
  const media = sheet.getAttribute('media');
  if (media !== null) own.setAttribute('media', media);
  const isLink = sheet.localName === 'link';
  sheet.replaceWith(own);
  own.textContent =
    (await load(
      isLink
        ? { as: 'style', address: absolute(sheet.getAttribute('href'), place) }
        : { as: 'css', text: sheet.textContent, base: place },
    )) ?? '';
}

function isImage(element: Element): boolean {
  return ['img', 'video'].includes(element.localName) || element.matches('input[type="image" i]');
}

/**
 * Moves the address of a link into an attribute of the pane: browsers look up the names in links
 * even if nobody follows them.
 */
function prepareLink(element: Element, linked: string, place: string): void {
  const isPart = linked.startsWith('#');
  if (!['a', 'area'].includes(element.localName)) {
    // Parts of drawings refer to other parts; an image in one is loaded like any other.
    if (isPart) return;
    element.removeAttribute('href');
    element.removeAttribute('xlink:href');
    if (element.localName === 'image') element.setAttribute('data-lab-source', linked);
    return;
  }
  element.setAttribute('data-lab-to', absolute(linked, place));
  element.removeAttribute('xlink:href');
  element.removeAttribute('target');
  element.setAttribute('href', '#');
}

/** Starts to load the images of a document; the functions show them. */
function addImages(parsed: Document, place: string): (() => Promise<void>)[] {
  for (const image of parsed.querySelectorAll('[data-lab-loaded]'))
    image.setAttribute('src', image.getAttribute('data-lab-loaded') ?? '');
  return [...parsed.querySelectorAll('[data-lab-source]')].map((image) => async () => {
    const source = image.getAttribute('data-lab-source') ?? '';
    const loaded = /^data:image\//i.test(source)
      ? source
      : await load({ as: 'image', address: absolute(source, place) });
    // An image without an address shows its alternative text only if it has failed.
    const attribute = { image: 'href', video: 'poster' }[image.localName] ?? 'src';
    image.setAttribute(attribute, loaded ?? 'data:,');
  });
}

/** @returns the address as it is if it cannot be resolved */
function absolute(address: string | null | undefined, place: string): string {
  return URL.parse(address ?? '', place)?.href ?? address ?? place;
}

function scrollToPart(address: string): boolean {
  const name = decodeURIComponent(URL.parse(address)?.hash.slice(1) ?? '');
  if (name === '') return false;
  const part = document.getElementById(name) ?? document.getElementsByName(name)[0];
  part?.scrollIntoView();
  return true;
}

/** Follows a link, in the document itself if it leads to a part of it. */
function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('[data-lab-to]') : null;
  if (link === null) return;
  event.preventDefault();
  const to = link.getAttribute('data-lab-to') ?? '';
  const [page] = shown.split('#');
  if (to.includes('#') && to.split('#')[0] === page && scrollToPart(to)) return;
  post({ kind: 'go', address: to, body: undefined });
}

/** Sends a form (HTML, section 4.10.22). */
async function send(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  const { target: form, submitter } = event;
  const option = (name: string) =>
    submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
  const data = new FormData(form, submitter);
  const method = option('method').toLowerCase();
  if (method === 'dialog') return;
  const action = URL.parse(option('action') === '' ? shown : option('action'), base);
  if (action === null) return;
  const values = Array.from(data, ([name, value]) => [
    name,
    typeof value === 'string' ? value : value.name,
  ]);
  const fields = new URLSearchParams(values).toString();
  if (method !== 'post') {
    action.search = fields;
    post({ kind: 'go', address: action.href, body: undefined });
    return;
  }
  const isParts = option('enctype').toLowerCase() === 'multipart/form-data';
  const sent = new Response(isParts ? data : new URLSearchParams(fields));
  const type = sent.headers.get('content-type') ?? '';
  const bytes = new Uint8Array(await sent.arrayBuffer());
  post({ kind: 'go', address: action.href, body: { type, bytes } });
}

document.addEventListener('click', follow);
// The middle button would open another page.
document.addEventListener('auxclick', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-lab-to]') !== null)
    event.preventDefault();
});
document.addEventListener('submit', (event) => void send(event));
