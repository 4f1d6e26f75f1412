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

Start a container named \`web\` that has the host name \`web\` as well.

\`\`\`check
docker container inspect web # a container named \`web\`
[ "$(docker container inspect -f '{{.Config.Hostname}}' web)" = web ] # the host name \`web\` in it
\`\`\`

<Hint>Look through \`docker run --help\` for names.</Hint>

<Hint>A container has a name outside, and another one inside. Each has an option.</Hint>

\`\`\`console no-hostname wrong="the host name" undo="docker rm web"
$ docker run --name web debian true
\`\`\`

\`\`\`console no-name wrong="a container named"
$ docker run --rm --hostname web debian true
\`\`\`

<Solution>

\`\`\`console solution expect=/^web$/m
$ docker run --name web --hostname web debian hostname
\`\`\`

</Solution>

</YourTurn>
`;
}
