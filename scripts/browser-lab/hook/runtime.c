/*
 * The OCI runtime that the Engine of the browser lab calls. It makes the program of set-key.c the
 * hook in the container's bundle that connects its network, and then becomes crun. The Engine's own
 * hook is /proc/PID/exe, a program of 66 MB, which would be started once more for each container.
 */
#define CRUN "/usr/bin/crun"
#define HOOK "/usr/lib/browser-lab/set-key"
#define ROOM 262144

static char config[ROOM], changed[ROOM + 256], path[4096];

/* Returns the length of `"/proc/PID/exe"` at the start of the text, or 0 if it is not there. */
static size_t own_program(const char *text)
{
	static const char before[] = "\"/proc/", after[] = "/exe\"";
	size_t length = sizeof before - 1;

	if (memcmp(text, before, length))
		return 0;
	while (text[length] >= '0' && text[length] <= '9')
		length++;
	return memcmp(text + length, after, sizeof after - 1) ? 0 : length + sizeof after - 1;
}

/* Reads a file into `config`. Returns its length, or -1 if it cannot be read or is too long. */
static ssize_t load(void)
{
	ssize_t length = 0, got;
	int file = open(path, O_RDONLY, 0);

	if (file < 0)
		return -1;
	while ((got = read(file, config + length, ROOM - 1 - length)) > 0)
		length += got;
	close(file);
	return got < 0 || length == ROOM - 1 ? -1 : length;
}

static int store(size_t length)
{
	size_t written = 0;
	ssize_t got;
	int file = open(path, O_WRONLY | O_TRUNC, 0);

	if (file < 0)
		return -1;
	while (written < length && (got = write(file, changed + written, length - written)) > 0)
		written += got;
	close(file);
	return written == length ? 0 : -1;
}

/*
 * Replaces the hook in the bundle's config.json. If the file cannot be read or has no such hook, it
 * stays unchanged, and the Engine's own hook runs.
 */
static void replace_hook(const char *bundle)
{
	ssize_t length;
	size_t put = 0;
	int found = 0;

	if (strlen(bundle) > sizeof path - 16)
		return;
	strlcat(path, bundle, sizeof path);
	strlcat(path, "/config.json", sizeof path);
	length = load();
	if (length < 0)
		return;
	for (ssize_t i = 0; i < length;) {
		size_t same = config[i] == '"' && !found ? own_program(config + i) : 0;

		if (same) {
			memcpy(changed + put, "\"" HOOK "\"", sizeof HOOK + 1);
			put += sizeof HOOK + 1;
			i += same;
			found = 1;
		} else {
			changed[put++] = config[i++];
		}
	}
	if (found && store(put) < 0)
		write(2, "the bundle's config.json could not be written\n", 46);
}

int main(int argc, char **argv, char **environment)
{
	const char *bundle = NULL;
	int creates = 0;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "create"))
			creates = 1;
		if (!strcmp(argv[i], "--bundle") && i + 1 < argc)
			bundle = argv[++i];
	}
	if (creates && bundle)
		replace_hook(bundle);
	execve(CRUN, argv, environment);
	write(2, CRUN " cannot be started\n", sizeof CRUN + 18);
	return 127;
}
