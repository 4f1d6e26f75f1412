import { appendFile } from 'node:fs/promises';

/** Passes a single-line value to later steps and jobs of the workflow. Outside one, prints it. */
export async function setOutput(name: string, value: string): Promise<void> {
  if (/[\r\n]/.test(value)) throw new Error(`the output ${name} has more than one line`);
  await write('GITHUB_OUTPUT', `${name}=${value}\n`);
}

/** Shows Markdown on the summary page of the workflow run. Outside a workflow, prints it. */
export async function showSummary(markdown: string): Promise<void> {
  await write('GITHUB_STEP_SUMMARY', `${markdown}\n`);
}

async function write(variable: string, text: string): Promise<void> {
  const file = process.env[variable];
  if (file === undefined || file === '') process.stdout.write(text);
  else await appendFile(file, text);
}
