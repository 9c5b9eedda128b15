#!/bin/sh
# PID 1 of a lab host, started in its own namespaces. Arguments: folder of the host (on a tmpfs),
# folder of its keys, cgroup parent, address, name, then options for its dockerd.
set -eu
home=$1 keys=$2 cgroup=$3 address=$4 name=$5
shift 5
hostname "$name"
mount --make-rprivate /

# sysfs shows the network namespace it was mounted in, so the host needs its own; a fresh one
# lacks the cgroup mounts, which are carried over.
mkdir "$home/cgroup"
mount --rbind /sys/fs/cgroup "$home/cgroup"
mount -t sysfs sysfs /sys
mount --rbind "$home/cgroup" /sys/fs/cgroup
umount -l "$home/cgroup"

# What daemons write (/etc/docker/key.json, /opt/containerd, /var/log/lastlog) stays in the lab.
for folder in etc opt; do
  [ -d "/$folder" ] || continue
  mkdir "$home/upper-$folder" "$home/work-$folder"
  mount -t overlay -o "lowerdir=/$folder,upperdir=$home/upper-$folder,workdir=$home/work-$folder" \
    overlay "/$folder"
done
# sudo looks up the host's own name; without this line it waits for name servers that are not there.
echo "$address $name" >>/etc/hosts
mount -t tmpfs tmpfs /var/log
# The sandbox's own namespaces are no business of this host; hidden, they would still be in mountinfo.
umount -l /run/netns
mount -t tmpfs tmpfs /run
mkdir /run/sshd /run/lock /run/netns

cat /proc/sys/kernel/random/uuid >"$home/boot_id"
mount --bind "$home/boot_id" /proc/sys/kernel/random/boot_id

cat >/etc/ssh/sshd_config <<END
ListenAddress $address
HostKey $keys/host
AuthorizedKeysFile $keys/client.pub
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
END
sed -i 's/^root:[^:]*:/root:*:/' /etc/shadow
# What the machine's own root has in its rc files must not shape the lab, nor cost each command its time.
mkdir /run/root
sed -i 's|^\(root:\([^:]*:\)\{4\}\)[^:]*|\1/run/root|' /etc/passwd
sshd=$(command -v sshd || echo /usr/sbin/sshd)
"$sshd" -E "$home/sshd.log"

# A host's own daemon.json and contexts must not shape the lab.
rm -rf /etc/docker
dockerd=$(command -v dockerd || echo /usr/sbin/dockerd)
"$dockerd" --data-root "$home/docker" --exec-root "$home/exec" --pidfile "$home/docker.pid" \
  -H unix:///run/docker.sock --cgroup-parent="$cgroup" "$@" >"$home/dockerd.log" 2>&1 </dev/null &
# wait also collects the orphans that fall to PID 1 while the daemon runs.
wait $!
