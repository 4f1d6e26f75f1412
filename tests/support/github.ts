import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One operation, as GitHub publishes it. */
interface Operation {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: object;
  }[];
  readonly body?: { readonly properties: Record<string, unknown> };
  readonly answer: {
    readonly status: number;
    readonly list: boolean;
    readonly fields: Readonly<Record<string, object>>;
  };
}

const { operations } = JSON.parse(
  readFileSync(new URL('github-rest.json', import.meta.url), 'utf8'),
) as { operations: Record<string, Operation> };

// The description is OpenAPI 3.0: it has words of its own, such as `nullable` and formats of
// GitHub's.
const ajv = new Ajv({ strict: false, coerceTypes: true });
formats(ajv);
ajv.addFormat('repo.nwo', /^[^/]+\/[^/]+$/);
const compiled = new Map<object, ValidateFunction>();

/** A pull request or an issue. */
export interface Item {
  readonly kind: 'pull' | 'issue';
  readonly number: number;
  title: string;
  body: string;
  state: string;
  /** The branch of a pull request, the label of an issue. */
  readonly of: string;
}

/**
 * A GitHub of one repository on this machine, that takes and gives what GitHub's published
 * description allows.
 */
export interface FakeGitHub {
  readonly api: string;
  readonly items: readonly Item[];
  /** Workflows that were started: `FILE@BRANCH`. */
  readonly started: readonly string[];
  /** Each request, such as `POST /repos/{owner}/{repo}/pulls`. */
  readonly requests: readonly string[];
  /** What was asked against the description; nothing, if the client is right. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** @param repository `OWNER/NAME` */
export async function fakeGitHub(repository: string, token: string): Promise<FakeGitHub> {
  const items: Item[] = [];
  const started: string[] = [];
  const requests: string[] = [];
  const faults: string[] = [];

  const answer = (name: string, path: Values, query: Values, body: Values): unknown => {
    switch (name) {
      case 'GET /repos/{owner}/{repo}/pulls':
        return items.filter(
          ({ kind, state, of }) =>
            kind === 'pull' &&
            state === query['state'] &&
            `${String(path['owner'])}:${of}` === query['head'],
        );
      case 'GET /repos/{owner}/{repo}/issues':
        // Real ones come with the pull requests of that label.
        return items.filter(
          ({ kind, state, of }) =>
            state === query['state'] && (kind === 'pull' || of === query['labels']),
        );
      case 'POST /repos/{owner}/{repo}/pulls':
        return add('pull', body, String(body['head']));
      case 'POST /repos/{owner}/{repo}/issues':
        return add('issue', body, (body['labels'] as string[])[0] ?? '');
      case 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}':
        return change(path['pull_number'], body);
      case 'PATCH /repos/{owner}/{repo}/issues/{issue_number}':
        return change(path['issue_number'], body);
      default:
        started.push(`${String(path['workflow_id'])}@${String(body['ref'])}`);
        return undefined;
    }
  };
  const add = (kind: Item['kind'], body: Values, of: string): Item => {
    const { title, body: said } = body as { title: string; body: string };
    const item = { kind, number: items.length + 1, title, body: said, state: 'open', of };
    items.push(item);
    return item;
  };
  const change = (number: unknown, body: Values): Item => {
    const item = items.find((one) => one.number === Number(number));
    if (item === undefined) throw new Error(`there is no ${String(number)}`);
    return Object.assign(item, body);
  };

  const server = createServer((request, response) => {
    void (async () => {
      const { name, operation, path, query, body } = await read(request);
      requests.push(name);
      if (request.headers.authorization !== `token ${token}`) faults.push(`${name}: no token`);
      if (`${String(path['owner'])}/${String(path['repo'])}` !== repository)
        faults.push(`${name}: ${request.url}`);
      faults.push(...faultsOf(name, operation, { path, query }, body));
      const { status, list } = operation.answer;
      const found = answer(name, path, query, body);
      const answered = list
        ? (found as Item[]).map((item) => tell(item, repository, operation))
        : found === undefined
          ? undefined
          : tell(found as Item, repository, operation);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(answered === undefined ? undefined : JSON.stringify(answered));
    })().catch((error: unknown) => {
      faults.push(String(error));
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    items,
    started,
    requests,
    faults,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

type Values = Readonly<Record<string, unknown>>;

/** Finds the operation that a request is of. */
async function read(request: IncomingMessage) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  for (const [name, operation] of Object.entries(operations)) {
    const [method = '', template = ''] = name.split(' ');
    const shape = template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const match = new RegExp(`^${shape}$`).exec(url.pathname);
    if (method !== request.method || match === null) continue;
    const said = await text(request);
    const body = (said === '' ? {} : JSON.parse(said)) as Values;
    const query: Values = Object.fromEntries(url.searchParams);
    return { name, operation, path: { ...match.groups } as Values, query, body };
  }
  throw new Error(`no such operation: ${request.method} ${url.pathname}`);
}

/** What of a request the description does not allow; also what it does not know. */
function faultsOf(
  name: string,
  { parameters, body: schema }: Operation,
  given: { path: Values; query: Values },
  body: Values,
): string[] {
  const known = new Set(parameters.map(({ name: parameter }) => parameter));
  const unknown = [
    ...Object.keys(given.query).filter((key) => !known.has(key)),
    ...Object.keys(body).filter((key) => !(key in (schema?.properties ?? {}))),
  ];
  const wrong = parameters.flatMap((parameter) => {
    const value = given[parameter.in as 'path' | 'query'][parameter.name];
    if (value === undefined) return parameter.required ? `${parameter.name} is missing` : [];
    return check(parameter.schema, value, parameter.name);
  });
  return [
    ...unknown.map((key) => `${key} is unknown`),
    ...wrong,
    ...(schema === undefined ? [] : check(schema, body, 'body')),
  ].map((fault) => `${name}: ${fault}`);
}

/** What the site says of an item: each field as the description has it. */
function tell(item: Item, repository: string, { answer: { fields } }: Operation): Values {
  const { kind, number, title, body, state } = item;
  const html_url = `https://github.com/${repository}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`;
  const of = { diff_url: html_url, html_url, patch_url: html_url, url: html_url };
  const said: Values = {
    number,
    html_url,
    state,
    title,
    body,
    ...('pull_request' in fields && kind === 'pull' && { pull_request: of }),
  };
  for (const [name, value] of Object.entries(said)) {
    const faults = check(fields[name] ?? false, value, name);
    if (faults.length > 0) throw new Error(`this answer is none of GitHub's: ${faults.join()}`);
  }
  return said;
}

function check(schema: object | false, value: unknown, name: string): string[] {
  if (schema === false) return [`${name} is unknown`];
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  // Coercion needs a place to write to.
  if (validate(structuredClone(value))) return [];
  return [`${name} ${ajv.errorsText(validate.errors)}`];
}
