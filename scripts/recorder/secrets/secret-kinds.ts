/** A kind of secret that secretlint's recommended rules do not know. */
export interface SecretKind {
  /** For messages: "a …". */
  readonly what: string;
  /**
   * The group, if there is one, is the secret, else the whole match. With the flags `g` and `d`.
   */
  readonly pattern: RegExp;
}

/**
 * A value that is no secret: a variable, a placeholder in angle brackets, or one that was masked
 * already.
 */
const NO_VALUE = String.raw`(?!\$|<|\*+\b|\*{3}|x{3,}\b)`;

/**
 * Secrets of Docker and related programs. secretlint's preset (13.0.6) does not find key ids of AWS
 * by default, keys that are truncated or shorter than 100 characters (Ed25519, EC), OpenSSH keys
 * after other text, and anything that Docker itself generates.
 */
export const secretKinds: readonly SecretKind[] = [
  {
    what: 'a private key',
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|[A-Za-z-]+: [^\n]*\n)*[A-Za-z0-9+/]{16,}=*(?:(?:\s+|\\n)[A-Za-z0-9+/=]{4,})*(?:(?:\s|\\n)*-----END [A-Z0-9 ]+-----)?/dg,
  },
  { what: 'an age key', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/dg },
  {
    what: "an AWS access key's id",
    pattern: /\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}\b/dg,
  },
  { what: 'a Docker access token', pattern: /\bdckr_[a-z]{3}_[\w-]{20,}/dg },
  // docs.gitlab.com/security/tokens: one prefix a kind of token.
  { what: 'a GitLab token', pattern: /\bgl[a-z]{2,5}-[\w-]{20,}/dg },
  {
    what: "npm's registry credentials",
    pattern: new RegExp(String.raw`:_(?:authToken|auth|password)\s*=\s*${NO_VALUE}(\S{8,})`, 'dg'),
  },
  {
    // Lengths have a limit, so that long output without a blank is searched in linear time.
    what: 'a password in an address',
    pattern: new RegExp(
      String.raw`\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@"'\`]{0,100}:${NO_VALUE}([^\s:/@"'\`]{3,200})@[\w[]`,
      'dgi',
    ),
  },
  {
    // What `docker login` writes into config.json: docs.docker.com/reference/cli/docker/login.
    what: "a registry's credentials, as docker login stores them",
    pattern: /"(?:auth|identitytoken|registrytoken)"\s*:\s*"([\w+/=.~-]{8,})"/dgi,
  },
  {
    what: 'an authorization header',
    pattern: new RegExp(
      String.raw`\b(?:Authorization:\s*(?:Basic|Bearer|Token)\s+|X-Registry-Auth:\s*)${NO_VALUE}([\w+/=.~-]{8,})`,
      'dgi',
    ),
  },
  { what: 'a JSON web token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/dg },
  { what: "a swarm's join token", pattern: /\bSWMTKN-1-[0-9a-z]{20,}-[0-9a-z]{10,}/dg },
  { what: "a swarm's unlock key", pattern: /\bSWMKEY-1-[\w+/=-]{20,}/dg },
];
