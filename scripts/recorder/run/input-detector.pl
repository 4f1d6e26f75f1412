# Detects when a program waits for the keyboard. Runs in the lab, beside the session.
#
# A program waits if it is in the foreground of its terminal and sleeps in a system call that reads
# or polls that terminal, in two consecutive looks. Then a mark, the fence, is written to that
# terminal after all output of the program: when the fence arrives at the recorder, the output
# before it is complete.
#
# stdin, by line:   wait ID ROOT PID NEED DELAY COLS   taken ID   stop      (see `command`)
# stdout, by line:  found ID PID RCHAR COMM   (for `taken`: 0 0 and no name)
# The only argument is the nonce of the session.
use strict;
use warnings;
use Fcntl;
use IO::Select;
use POSIX ();
no warnings 'portable';    # addresses are 64 bits wide
$| = 1;

my $nonce = shift // die "usage: input-detector.pl NONCE\n";

# System calls: arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h.
my %CALLS = (
    x86_64  => { 0 => 'read', 19 => 'read', 7 => 'poll', 271 => 'poll', 23 => 'select', 270 => 'select', 232 => 'epoll', 281 => 'epoll', 441 => 'epoll' },
    aarch64 => { 63 => 'read', 65 => 'read', 73 => 'poll', 72 => 'select', 22 => 'epoll', 441 => 'epoll' },
);
my $calls = $CALLS{ (POSIX::uname())[4] } // die "input-detector.pl knows no system calls of this architecture\n";

use constant { TCGETS => 0x5401, TIOCGWINSZ => 0x5413, ICANON => 2, READABLE => 1, DEV_TTY => 0x500, PTS_FIRST => 136, PTS_LAST => 143, STUCK => 1.5, UNHEARD => 1 };

# perl-base, which every Debian has, has no finer clock.
my $ticks = POSIX::sysconf(&POSIX::_SC_CLK_TCK);
sub now { return (POSIX::times())[0] / $ticks }

sub slurp {
    my ($path) = @_;
    open(my $file, '<', $path) or return '';
    sysread($file, my $text, 16384);
    return $text // '';
}

# proc(5), /proc/PID/stat: the fields after the name, which may contain blanks and parentheses.
sub process {
    my ($pid) = @_;
    my ($comm, $rest) = slurp("/proc/$pid/stat") =~ /\((.*)\) (.*)/s or return;
    my @field = split ' ', $rest;
    return { pid => $pid, comm => $comm, group => $field[2], session => $field[3], tty => $field[4], foreground => $field[5], start => $field[19] };
}

sub children {
    my ($pid) = @_;
    return map { split ' ', slurp($_) } glob "/proc/$pid/task/*/children";
}

sub family {
    my @pids = @_;
    for (my $i = 0; $i < @pids && $i < 500; $i++) { push @pids, children($pids[$i]) }
    return @pids;
}

# Identifies a terminal or a pipe by device and inode or device number. tty_nr is not unique, since
# each container has its own devpts.
sub identity {
    my ($path) = @_;
    my @stat = stat $path or return '';
    my $type = $stat[2] & 0170000;
    return "pipe:$stat[0]:$stat[1]" if $type == 0010000;
    return '' if $type != 0020000;
    return 'controlling' if $stat[6] == DEV_TTY;
    my $major = ($stat[6] >> 8) & 0xfff;
    return $major >= PTS_FIRST && $major <= PTS_LAST ? "tty:$stat[0]:$stat[6]" : '';
}

sub is_input {
    my ($pid, $descriptor, $input) = @_;
    my $found = identity("/proc/$pid/fd/$descriptor");
    return $found eq $input || ($found eq 'controlling' && $input =~ /^tty:/);
}

sub terminal_of {
    my ($pid) = @_;
    for my $descriptor (0, 1, 2, 255) {
        my $found = identity("/proc/$pid/fd/$descriptor");
        return ($found, "/proc/$pid/fd/$descriptor") if $found =~ /^tty:/;
    }
    return;
}

sub memory {
    my ($pid, $address, $length) = @_;
    sysopen(my $file, "/proc/$pid/mem", O_RDONLY) or return '';
    sysseek($file, $address, 0) or return '';
    sysread($file, my $bytes, $length);
    return $bytes // '';
}

# Whether a thread of the process sleeps until there is something to read from the input.
sub waits_for {
    my ($pid, $input) = @_;
    for my $task (glob "/proc/$pid/task/*") {
        my ($number, @argument) = split ' ', slurp("$task/syscall");
        next unless defined $number && $number =~ /^\d+$/;
        my $call = $calls->{$number} // next;
        @argument = map { hex } @argument[0 .. 5];
        if ($call eq 'read') { return 1 if is_input($pid, $argument[0], $input) }
        elsif ($call eq 'poll') {
            my $set = memory($pid, $argument[0], 8 * ($argument[1] > 64 ? 64 : $argument[1]));
            while (length $set >= 8) {
                my ($descriptor, $events) = unpack 'l s', substr($set, 0, 8, '');
                return 1 if ($events & READABLE) && $descriptor >= 0 && is_input($pid, $descriptor, $input);
            }
        }
        elsif ($call eq 'select') {
            next unless $argument[1];
            my $bits = unpack 'b*', memory($pid, $argument[1], 128);
            my $last = $argument[0] > 256 ? 255 : $argument[0] - 1;
            for my $descriptor (0 .. $last) { return 1 if substr($bits, $descriptor, 1) && is_input($pid, $descriptor, $input) }
        }
        else {
            for my $line (split /\n/, slurp("/proc/$pid/fdinfo/$argument[0]")) {
                next unless $line =~ /^tfd:\s*(\d+) events:\s*([0-9a-f]+)/;
                return 1 if (hex($2) & READABLE) && is_input($pid, $1, $input);
            }
        }
    }
    return 0;
}

sub is_raw {
    my ($path) = @_;
    sysopen(my $file, $path, O_RDONLY | O_NOCTTY | O_NONBLOCK) or return 0;
    my $settings = "\0" x 60;
    ioctl($file, TCGETS, $settings) or return 0;
    return !((unpack 'L4', $settings)[3] & ICANON);
}

# Columns of a terminal; 0 if it is not one.
sub columns {
    my ($path) = @_;
    sysopen(my $file, $path, O_RDONLY | O_NOCTTY | O_NONBLOCK) or return 0;
    my $size = "\0" x 8;
    ioctl($file, TIOCGWINSZ, $size) or return 0;
    return (unpack 'S4', $size)[1];
}

# The session leader on a terminal that the process has made (script, sudo, runc) and to which it
# passes the keyboard; 0 if there is no leader, nothing if there is no such terminal.
sub makes_terminals {
    my ($process) = @_;
    my $pid = $process->{pid};
    return unless grep { (readlink($_) // '') =~ m{/ptmx$} } glob "/proc/$pid/fd/*";
    my @leaders = grep { my $one = process($_); $one && $one->{tty} && $one->{session} == $_ && $_ != $process->{session} } family(children($pid));
    return @leaders ? @leaders : 0;
}

# First processes of containers, started by containerd's shims. Attached ones may be older than the
# client.
sub in_containers {
    my ($since) = @_;
    my @found;
    for my $path (glob '/proc/[0-9]*/comm') {
        next unless slurp($path) =~ /^containerd-shim/;
        my ($shim) = $path =~ /(\d+)/;
        for my $pid (children($shim)) {
            my $process = process($pid) or next;
            push @found, $process if $process->{start} >= $since;
        }
    }
    return @found;
}

my ($job, $commands, $stdin) = (undef, '', IO::Select->new(\*STDIN));

# The process that waits for the keyboard in the terminal of a session leader: ({process}, where to
# put the fence, first processes of containers on the way to it), or nothing.
sub waiter {
    my ($leader, $depth) = @_;
    my $first = process($leader) or return;
    my ($terminal, $path) = terminal_of($leader) or return;
    for my $pid (family($leader)) {
        my $process = process($pid) or next;
        next unless $process->{group} == $first->{foreground} && $process->{tty} == $first->{tty};
        next unless waits_for($pid, $terminal);
        if ($process->{comm} !~ /^(docker(-compose)?|ctr)$/) {
            my @leaders = makes_terminals($process) or return ($process, $path);
            # No process is on its terminal yet, or any more: it soon ends, or waits itself.
            return ($process, $path) if !$leaders[0] && now() - $job->{from} > STUCK;
            next if $depth > 4 || !$leaders[0];
            for my $inner (@leaders) {
                my @found = waiter($inner, $depth + 1);
                return @found if @found;
            }
            next;
        }

        # A Docker client passes the keyboard to a container, or asks something itself.
        my $line = slurp("/proc/$pid/cmdline");
        my $attached = $line =~ /\0attach(\0|$)/;
        my $passes = $attached || $line =~ /\0(run|exec|start)(\0|$)/;
        return ($process, $path) unless $passes || is_raw($path);
        next if $depth > 4;
        for my $inner (in_containers($attached ? 0 : $process->{start})) {
            if ($inner->{tty}) {
                next unless $inner->{session} == $inner->{pid};
                # The attached container is unknown: the one through which a fence arrives.
                next if $attached && $job->{tried}{ $inner->{pid} };
                my @found = waiter($inner->{pid}, $depth + 1);
                return (@found, $inner->{pid}) if @found;
            }
            elsif (!is_raw($path)) {
                my $pipe = identity("/proc/$inner->{pid}/fd/0");
                next unless $pipe =~ /^pipe:/;
                for my $reader (family($inner->{pid})) {
                    return (process($reader) // next, "/proc/$inner->{pid}/fd/1") if waits_for($reader, $pipe);
                }
            }
        }
    }
    return;
}

# Bytes that a process has read so far; -1 if it is gone.
sub bytes_read {
    my ($pid) = @_;
    return slurp("/proc/$pid/io") =~ /^rchar: (\d+)/m ? $1 : -1;
}

# The fence, numbered so that a late one is not taken for the next one.
sub put_fence {
    my ($path, $id) = @_;
    sysopen(my $file, $path, O_WRONLY | O_NOCTTY | O_NONBLOCK) or return 0;
    return syswrite($file, "\e]133;F;$nonce;$id\a");
}

# wait ID ROOT PID NEED DELAY COLS: find the program that waits in the terminal of ROOT (the bash of
# the session). If PID is not 0, text was typed to that program, and it must have read up to NEED
# bytes first. Nothing is decided for DELAY milliseconds. If COLS is not 0, the terminal must have
# that width. A fence that does not arrive is put again.
#
# taken ID: wait until no process has a pending signal of the keyboard.
sub command {
    my ($verb, @argument) = @_;
    return undef $job if $verb eq 'stop';
    return $job = { id => $argument[0], taken => 1, looks => 0 } if $verb eq 'taken';
    my ($id, $root, $pid, $need, $delay, $cols) = @argument;
    $job = { id => $id, root => $root, pid => $pid, need => $need, cols => $cols, from => now() + $delay / 1000, tried => {}, looks => 0, seen => '', idle_since => now() };
}

# Signals do not queue (signal(7)). SIGINT, SIGQUIT and SIGTSTP are 2, 3 and 20.
sub is_pending {
    for my $path (glob '/proc/[0-9]*/status') {
        for my $set (slurp($path) =~ /^(?:SigPnd|ShdPnd):\s*([0-9a-f]+)/mg) { return 1 if hex($set) & (1 << 1 | 1 << 2 | 1 << 19) }
    }
    return 0;
}

sub look {
    $job->{looks}++;
    if ($job->{taken}) {
        return if is_pending();
        print "found $job->{id} 0 0\n";
        return undef $job;
    }
    return if now() < $job->{from};
    if ($job->{pid}) {
        my $read = bytes_read($job->{pid});
        if ($read >= 0 && $read < $job->{need}) {
            # Not everything was read. A program that reads only a part, such as a single key,
            # and waits again has what it wanted.
            ($job->{idle_since}, $job->{read}) = (now(), $read) if $read != ($job->{read} // -1);
            return if now() - $job->{idle_since} < STUCK;
        }
    }
    my ($process, $path, @through) = waiter($job->{root}, 0);
    $job->{tried} = {} unless $process;
    return if $process && $job->{cols} && now() - $job->{from} < STUCK && (columns($path) || $job->{cols}) != $job->{cols};
    my $seen = '';
    if ($process) {
        my ($switches) = slurp("/proc/$process->{pid}/status") =~ /^voluntary_ctxt_switches:\s*(\d+)/m;
        $seen = join ':', $process->{pid}, $process->{start}, $switches // 0;
    }
    if ($seen eq '' || $seen ne $job->{seen}) { $job->{seen} = $seen; return }
    return unless put_fence($path, $job->{id});
    print "found $job->{id} $process->{pid} ", bytes_read($process->{pid}), " $process->{comm}\n";
    @$job{qw(from looks seen)} = (now() + UNHEARD, 0, '');
    $job->{tried}{$_} = 1 for @through;
}

while (1) {
    my $looks = $job ? $job->{looks} : 0;
    my $pause = !$job ? undef : $looks == 0 ? 0 : $looks < 40 ? 0.004 : $looks < 100 ? 0.010 : 0.025;
    if ($stdin->can_read($pause)) {
        sysread(STDIN, my $bytes, 4096) or last;
        $commands .= $bytes;
        while ($commands =~ s/^(.*)\n//) { command(split ' ', $1) }
    }
    look() if $job;
}
