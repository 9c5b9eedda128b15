import { answerProgram, fieldsProgram, namespacesProgram, textProgram } from "./awk-programs";

/** Text of ours as one word of the shell, its lines as they are: none of it is a host's. */
export const literal = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A program in a variable of the shell. */
const kept = (name: string, program: string): string => `${name}=${literal(program)}\n`;

export const programs: string = [
  "# awk: an answer as JSON, a text as JSON, the listed fields of JSON, the namespaces in two answers.",
  kept("answer_as_json", answerProgram),
  kept("text_as_json", textProgram),
  kept("listed_fields", fieldsProgram),
  kept("namespaces_in", namespacesProgram),
].join("\n");

/** How a question is put: one process, with an end to its time, its answer written down word for word. */
export const helpers: string = String.raw`
say() { printf '%s\n' "$*" >&2; }

run() {
  case $1 in ip) shift; set -- "$ip" "$@" ;; esac
  test -z "$entered" || set -- nsenter --net="$entered" "$@"
  $limit "$@"
}

# ask PROBE FORM COMMAND [WORD]: in the namespace of $entered, which is called $netns.
ask() {
  probe=$1 form=$2
  shift 2
  read -r up rest </proc/uptime
  begun=${"$"}{up%.*}${"$"}{up#*.}
  run "$@" </dev/null >"$notes/out" 2>"$notes/err"
  status=$?
  read -r up rest </proc/uptime
  up=${"$"}{up%.*}${"$"}{up#*.}
  ended=$status
  # It was killed when its time was over.
  case $limit$status in timeout*137 | timeout*124) ended=- status=124 ;; esac
  awk "$answer_as_json" "$probe" "$netns" "$entered" "$form" "$at" "$(((up - begun) * 10))" "$ended" \
    command "$notes/out" "$notes/err" "$@" >"$notes/answer"
}

failed() { test "$status" -ne 0 && { test "$status" -lt 124 || test "$status" -eq 127 || test "$status" -eq 255; }; }

# keep: what was answered last counts.
keep() {
  test ! -s "$notes/part" || printf ',' >>"$notes/part"
  cat "$notes/answer" >>"$notes/part"
}

gap() {
  test ! -s "$notes/gaps" || printf ',' >>"$notes/gaps"
  printf '%s\n' "$1" >>"$notes/gaps"
}

# The answers of a namespace count if its path still leads to it: process numbers are used again.
settle() {
  if test -z "$entered" || test "$(stat -L -c '%d %i' "$entered" 2>/dev/null)" = "$nsfs $netns"; then
    test ! -s "$notes/answers" || test ! -s "$notes/part" || printf ',' >>"$notes/answers"
    cat "$notes/part" >>"$notes/answers"
  else
    gap "{\"probe\":null,\"netns\":\"$netns\",\"reason\":\"netns-gone\"}"
  fi
  : >"$notes/part"
}

# The numbers of links and of what they lead to: 7-2 for 7: veth5979c6f@if2.
ends_in() {
  grep -oE '"ifindex":[0-9]+,"link_index":[0-9]+|^[0-9]+: [^:@]+@if[0-9]+' "$notes/out" |
    sed 's/^[^0-9]*\([0-9]*\).*[^0-9]\([0-9][0-9]*\)$/\1-\2/'
}

# Whether a link of this namespace leads to none of the host's: then its own map of namespaces tells more.
open_ends() {
  for each in $(ends_in); do
    case $host_ends in *" ${"$"}{each#*-}-${"$"}{each%-*} "*) ;; *) return 0 ;; esac
  done
  return 1
}

# What the links of this namespace make worth asking.
look_at_links() {
  vxlan= filtering= observer=
  ! grep -q vxlan "$notes/out" || vxlan=yes
  ! grep -qE '"vlan_filtering":1|vlan_filtering 1' "$notes/out" || filtering=yes
  ! open_ends || observer=yes
}
`;

/** Where the engine listens, and how it is asked: by curl, or by what \`docker\` brings for it. */
export const engineHelpers: string = String.raw`
find_socket() {
  socket= denied=
  case ${"$"}{DOCKER_HOST-} in
    unix://*) set -- "${"$"}{DOCKER_HOST#unix://}" ;;
    ?*) set -- ;;
    *) set -- /run/docker.sock /var/run/docker.sock "${"$"}{XDG_RUNTIME_DIR:-/run/user/0}/docker.sock" /run/podman/podman.sock ;;
  esac
  for each; do
    test -S "$each" || continue
    if test -r "$each" && test -w "$each"; then socket=$each; return; fi
    denied=$each
  done
}

# get PATH: its answer in $notes/raw, its status in $http.
get() {
  http=
  if command -v curl >/dev/null; then
    http=$(curl -q -sS --noproxy '*' --max-time 10 --unix-socket "$socket" -o "$notes/raw" -w '%{http_code}' "http://localhost$1" 2>"$notes/err")
  elif command -v docker >/dev/null; then
    { printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1"; sleep 3; } |
      $limit docker -H "unix://$socket" system dial-stdio >"$notes/reply" 2>"$notes/err"
    http=$(sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p' "$notes/reply")
    sed '1,/^.\{0,1\}$/d' "$notes/reply" >"$notes/raw"
  fi
  case $http in [1-9][0-9][0-9]) ;; *) return 1 ;; esac
}

# ask_engine PROBE PATH FIELDS: of what it says only these fields are written down.
ask_engine() {
  read -r up rest </proc/uptime
  begun=${"$"}{up%.*}${"$"}{up#*.}
  get "$2" || { gap "{\"probe\":\"$1\",\"netns\":null,\"reason\":\"command-missing\",\"command\":\"curl\"}"; return; }
  read -r up rest </proc/uptime
  up=${"$"}{up%.*}${"$"}{up#*.}
  awk "$listed_fields" "$3" "$notes/raw" >"$notes/out"
  rm -f "$notes/raw" "$notes/reply"
  : >"$notes/err"
  awk "$answer_as_json" "$1" '' '' 0 "$at" "$(((up - begun) * 10))" "$http" engine "$notes/out" "$notes/err" "$2" >"$notes/answer"
  keep
}
`;
