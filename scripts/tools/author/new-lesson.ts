/** A template for a new lesson. It can be recorded as it is, and shows the usual elements. */
export function newLesson(id: string): string {
  const words = id.replaceAll('-', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return `---
title: ${JSON.stringify(title)}
description: After it you can say what this lesson is good for, in one sentence.
part: Meet Docker
order: 100
follow: anywhere
images: [debian]
---

Say first what the reader can do at the end.

## One command

One idea a step: the command, then what you see, then why.

\`\`\`console who expect="root"
$ docker run --rm debian id -un
\`\`\`

You are \`root\` in there. Who are you when you ask for somebody that the image does not know?

\`\`\`console nobody exit=125 expect="nobody-knows"
$ docker run --rm --user nobody-knows debian id -un
\`\`\`

Read the error from its end.

<YourTurn>

Ask the container for its host name.

<Solution>

\`\`\`console solution
$ docker run --rm debian hostname
\`\`\`

</Solution>

</YourTurn>
`;
}
