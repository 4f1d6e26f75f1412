#!/bin/bash
# Says what is wrong with the lab after what was done in it, in two lines: the fault, and the fix.
# Prints nothing if the lab works.
if [ "$(df -Pk / | awk 'NR == 2 { print $4 }')" -lt 1024 ]; then
  echo 'the disk on which labs run is full'
  echo 'free some space where the Engine that hosts the labs keeps its data, then run it again'
elif ! timeout 5 docker version > /dev/null 2>&1; then
  echo "the lab's Engine stopped answering"
  echo 'look at the end of its log below'
elif [ -d /usr/local/lib/lab/registry ] && ! timeout 5 curl -sf http://127.0.0.1:5001/v2/ > /dev/null; then
  echo "the lab's registry, from which it pulls, stopped answering"
  echo 'run it again; if a command of the lesson ends it, leave that out'
fi
