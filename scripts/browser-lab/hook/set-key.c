/*
 * The hook that reports the network namespace of a new container to the Engine. It replaces
 * `dockerd` called as libnetwork-setkey (libnetwork/sandbox_externalkey_unix.go of Moby), with the
 * same arguments and messages:
 *
 *   set-key -exec-root=FOLDER CONTAINER CONTROLLER
 *   stdin: the state of the container, JSON with a "pid"
 *   to the socket FOLDER/libnetwork/CONTROLLER.sock: {"ContainerID":"…","Key":"/proc/PID/ns/net"}
 *   from the socket: "success" or an error message
 */
#define ROOM 65536

/* linux/un.h */
struct address {
	unsigned short family;
	char path[108];
};

static char state[ROOM], message[1024], answer[1024];
static struct address address = { 1 /* AF_UNIX */, "" };

static int fail(const char *what)
{
	write(2, what, strlen(what));
	write(2, "\n", 1);
	return 1;
}

/* Returns the value of "pid" in the outermost object, or 0 if there is none. */
static int process(const char *json)
{
	int depth = 0, number = 0;

	for (const char *at = json; *at; at++) {
		if (*at == '{' || *at == '[') {
			depth++;
		} else if (*at == '}' || *at == ']') {
			depth--;
		} else if (*at == '"') {
			const char *name = at + 1;

			for (at++; *at && *at != '"'; at++)
				if (*at == '\\' && at[1])
					at++;
			if (!*at)
				return 0;
			if (depth != 1 || at - name != 3 || memcmp(name, "pid", 3))
				continue;
			do
				at++;
			while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r' || *at == ':');
			for (; *at >= '0' && *at <= '9'; at++)
				number = number * 10 + *at - '0';
			return number;
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	const char *root = "/var/run/docker", *names[2] = { NULL, NULL };
	int count = 0, pid, line;
	ssize_t got, length = 0;

	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], "-exec-root=", 11))
			root = argv[i] + 11;
		else if (argv[i][0] != '-' && count < 2)
			names[count++] = argv[i];
	}
	if (count < 2)
		return fail("usage: set-key -exec-root=FOLDER CONTAINER CONTROLLER");
	while ((got = read(0, state + length, ROOM - 1 - length)) > 0)
		length += got;
	pid = process(state);
	if (!pid)
		return fail("the container's state has no pid");
	if (strlen(root) + strlen(names[1]) + sizeof "/libnetwork/.sock" > sizeof address.path ||
	    strlen(names[0]) > 256)
		return fail("a name is too long");
	strlcat(address.path, root, sizeof address.path);
	strlcat(address.path, "/libnetwork/", sizeof address.path);
	strlcat(address.path, names[1], sizeof address.path);
	strlcat(address.path, ".sock", sizeof address.path);

	line = my_syscall3(__NR_socket, 1 /* AF_UNIX */, 1 /* SOCK_STREAM */, 0);
	if (line < 0 || my_syscall3(__NR_connect, line, &address, sizeof address) < 0)
		return fail("the Engine's socket for network namespaces does not answer");
	strlcat(message, "{\"ContainerID\":\"", sizeof message);
	strlcat(message, names[0], sizeof message);
	strlcat(message, "\",\"Key\":\"/proc/", sizeof message);
	strlcat(message, itoa(pid), sizeof message);
	strlcat(message, "/ns/net\"}", sizeof message);
	if (write(line, message, strlen(message)) != (ssize_t)strlen(message))
		return fail("the Engine's socket for network namespaces could not be written to");
	got = read(line, answer, sizeof answer - 1);
	if (got < 0)
		return fail("the Engine's socket for network namespaces could not be read");
	return strncmp(answer, "success", 7) ? fail(answer) : 0;
}
