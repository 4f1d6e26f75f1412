# Shell integration of a recorded session. The marks are invisible to the terminal; NONCE is new for each
# session, so that no output can pretend to be one; nor is one what a lesson prints of these variables, since each
# value is known only when bash expands it:
#   A prompt begins   B;STATUS prompt ends, the shell waits   2 continuation prompt   C command begins   P;PID the shell
PS0='\e]133;C;NONCE;$?\a'
PS1='\[\e]133;A;NONCE;$?\a\]$ \[\e]133;B;NONCE;$?\a\]'
PS2='> \[\e]133;2;NONCE;$?\a\]'

# A lesson may set its own prompts, also from the ones that it finds (`PS1="(venv) $PS1"`): the marks are put around all of
# them before the next one is shown.
__mark_prompts_NONCE() {
    # Nearly always they are as they were left, and the search below takes time at each prompt.
    case "${PS1-}|${PS2-}|${PS0-}" in "${__marked_NONCE-}") return ;; esac
    local __a='\[\e]133;A;NONCE;$?\a\]' __b='\[\e]133;B;NONCE;$?\a\]' __2='\[\e]133;2;NONCE;$?\a\]' __c='\e]133;C;NONCE;$?\a' __own
    __own=${PS1-} __own=${__own//"$__a"/} __own=${__own//"$__b"/}
    case ${PS1-} in "$__a$__own$__b") ;; *) PS1=$__a$__own$__b ;; esac
    __own=${PS2-} __own=${__own//"$__2"/}
    case ${PS2-} in "$__own$__2") ;; *) PS2=$__own$__2 ;; esac
    __own=${PS0-} __own=${__own//"$__c"/}
    case ${PS0-} in "$__own$__c") ;; *) PS0=$__own$__c ;; esac
    __marked_NONCE=$PS1\|$PS2\|$PS0
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
