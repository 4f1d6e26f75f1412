# Shell integration of a recorded session. The marks are invisible to the terminal; NONCE is new for each
# session, so that no output can pretend to be one; nor is one what a lesson prints of these variables, since each
# value is known only when bash expands it:
#   A prompt begins   B;STATUS prompt ends, the shell waits   2 continuation prompt   C command begins   P;PID the shell
PS0='\e]133;C;NONCE;$?\a'
PS1='\[\e]133;A;NONCE;$?\a\]$ \[\e]133;B;NONCE;$?\a\]'
PS2='> \[\e]133;2;NONCE;$?\a\]'

# A lesson may set its own prompts: the marks are put around them before the next one is shown.
__mark_prompts_NONCE() {
    case ${PS1-} in *'133;B;NONCE'*) ;; *) PS1='\[\e]133;A;NONCE;$?\a\]'${PS1-}'\[\e]133;B;NONCE;$?\a\]' ;; esac
    case ${PS2-} in *'133;2;NONCE'*) ;; *) PS2=${PS2-}'\[\e]133;2;NONCE;$?\a\]' ;; esac
    case ${PS0-} in *'133;C;NONCE'*) ;; *) PS0=${PS0-}'\e]133;C;NONCE;$?\a' ;; esac
}
# Second in the array: a lesson that sets PROMPT_COMMAND replaces the first. Silent under `set -x`; what `set -v` shows of
# it the recorder takes out (marks.ts), so it begins as no other output does: with a tab.
PROMPT_COMMAND=('' $'\t{ __mark_prompts_NONCE; } >/dev/null 2>&1')

# Typed text must arrive as it is: no completion on tabs, no paste marks, no bell.
bind 'set enable-bracketed-paste off'
bind 'set disable-completion on'
bind 'set bell-style none'
unset HISTFILE
printf '\e]133;P;NONCE;%s\a' "$$"
