#!/bin/sh
# Waits until the run that started it is over, however it ended: its end of our stdin closes then.
# Then removes what namespaces do not take along: cgroup folders and the run's folder.
# Arguments: name of the cgroup folders, folder of the run.
trap '' INT TERM HUP
cat >/dev/null
tries=0
while [ $tries -lt 100 ]; do
  left=
  for folder in "/sys/fs/cgroup/$1" /sys/fs/cgroup/*/"$1"; do
    [ -d "$folder" ] || continue
    # A folder is busy until the last process in it is gone.
    find "$folder" -depth -type d -exec rmdir {} \; 2>/dev/null
    [ -d "$folder" ] && left=yes
  done
  [ -z "$left" ] && break
  tries=$((tries + 1))
  sleep 0.1
done
rm -rf --one-file-system "$2"
