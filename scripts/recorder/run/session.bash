# Shell integration of a recorded session. The marks are invisible in the terminal. NONCE is new for
# each session, so that no output can imitate a mark, not even the values of these variables: they
# contain $?, which is expanded only when a mark is printed.
#   A prompt begins   B;STATUS prompt ends, the shell waits   2 continuation prompt
#   C command begins   P;PID the shell
PS0='\e]133;C;NONCE;$?\a'
PS1='\[\e]133;A;NONCE;$?\a\]$ \[\e]133;B;NONCE;$?\a\]'
PS2='> \[\e]133;2;NONCE;$?\a\]'

# A lesson may set its own prompts, also based on the current ones (`PS1="(venv) $PS1"`). Before the
# next prompt is shown, the marks are put around all of them.
__mark_prompts_NONCE() {
    # They are rarely changed, and the search below takes time at each prompt.
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
# Second in the array, because a lesson that sets PROMPT_COMMAND replaces the first. Silent under
# `set -x`. marks.ts removes the output of `set -v`, which begins with a tab, as no other does.
PROMPT_COMMAND=('' $'\t{ __mark_prompts_NONCE; } >/dev/null 2>&1')

# Typed text must arrive unchanged: no completion on tabs, no paste marks, no bell.
bind 'set enable-bracketed-paste off'
bind 'set disable-completion on'
bind 'set bell-style none'
unset HISTFILE
printf '\e]133;P;NONCE;%s\a' "$$"
