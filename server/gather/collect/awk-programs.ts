/**
 * The parts of the script that make JSON, in the awk that mawk, gawk and BusyBox have in common: no
 * intervals in patterns, nothing printed by a format (old ones cut at 8,192 bytes), and records that end
 * at a quote, since the lines that `ip -j` prints are too long for BusyBox to replace in.
 */

const shared = String.raw`
function escaped(text,   out, at, letter, most) {
  if (text !~ /[\\"\001-\037]/) return text
  most = length(text)
  for (at = 1; at <= most; at++) {
    letter = substr(text, at, 1)
    out = out ((letter in code) ? code[letter] : letter)
  }
  return out
}
function begin(   each) {
  ORS = ""
  RS = "\""
  for (each = 1; each < 32; each++) code[sprintf("%c", each)] = "\\u00" sprintf("%02x", each)
  code["\\"] = "\\\\"
  code["\""] = "\\\""
}`;

/** Words: probe, namespace, path, form, time, ms, status, kind of question, file, file of errors, the question. */
export const answerProgram = String.raw`${shared}
function say(text,   line, lines, at) {
  lines = split(text, line, "\n")
  for (at = 1; at <= lines; at++) print (at > 1 ? "\\n" : "") escaped(line[at])
}
function sayFile(file,   piece, size, pieces) {
  print "\""
  while ((getline piece < file) > 0) {
    size += length(piece) + 1
    if (size > 8388608) { cut = 1; break }
    if (pieces++) print "\\\""
    say(piece)
  }
  close(file)
  print "\""
}
function word(name, text) { print "\"" name "\":" (text == "" ? "null" : "\"" escaped(text) "\"") "," }
BEGIN {
  begin()
  print "{\"id\":\"" ARGV[1] (ARGV[2] == "" ? "" : "@" ARGV[2]) "\",\"probe\":\"" ARGV[1] "\","
  word("netns", ARGV[2])
  word("entered", ARGV[3])
  print "\"asked\":{\"kind\":\"" ARGV[8] "\","
  if (ARGV[8] == "engine") print "\"path\":\"" escaped(ARGV[11]) "\"},"
  else {
    print "\"argv\":["
    for (at = 11; at < ARGC; at++) print (at > 11 ? "," : "") "\"" escaped(ARGV[at]) "\""
    print "]},"
  }
  if (ARGV[4] > 0) print "\"form\":" ARGV[4] ","
  print "\"at\":\"" ARGV[5] "\",\"ms\":" ARGV[6] ",\"exit\":" (ARGV[7] == "-" ? "null" : ARGV[7]) ",\"stdout\":"
  sayFile(ARGV[9])
  print ",\"stderr\":"
  sayFile(ARGV[10])
  print ",\"cut\":" (cut ? "true" : "false") "}\n"
}`;

/** One JSON text of each word. */
export const textProgram = String.raw`${shared}
BEGIN {
  begin()
  for (at = 1; at < ARGC; at++) print "\"" escaped(ARGV[at]) "\""
}`;

/**
 * Words: the fields that are kept, and a file. Strings and what lies between them come as records by
 * turns; what is not listed, or is of another kind than listed, is left out.
 */
export const fieldsProgram = String.raw`
function place() {
  if (depth == 0) return "$"
  if (kind[depth] == "[") return path[depth] "[]"
  if (shape[path[depth]] != "named") return path[depth] "." key[depth]
  return key[depth] ~ pattern[path[depth]] ? path[depth] ".*" : ""
}
function lead() {
  if (count[depth]++) print ","
  if (kind[depth] == "{") print "\"" key[depth] "\":"
}
function opened(sign,   at, fits) {
  at = place()
  fits = sign == "[" ? shape[at] == "list" : shape[at] == "fields" || shape[at] == "named"
  fits = fits && kept[depth]
  if (fits) { lead(); print sign }
  depth++
  kind[depth] = sign
  path[depth] = at
  kept[depth] = fits
  count[depth] = 0
  named = 0
}
function closed(sign) {
  if (kept[depth]) print sign
  depth--
}
function value(text, type,   wanted) {
  wanted = shape[place()]
  if (wanted == "digest" && type == "text" && length(text) == 73 && text ~ /^"sha256:[0-9a-f]+"$/) wanted = "text"
  if (kept[depth] && wanted == type) { lead(); print text }
}
function between(text,   at, letter, most, literal) {
  most = length(text)
  for (at = 1; at <= most + 1; at++) {
    letter = at > most ? "" : substr(text, at, 1)
    if (letter ~ /[-+.0-9A-Za-z]/) { literal = literal letter; continue }
    if (literal ~ /^[-0-9]/) value(literal, "number")
    else if (literal == "true" || literal == "false") value(literal, "flag")
    literal = ""
    if (letter == "{" || letter == "[") opened(letter)
    else if (letter == "}" || letter == "]") closed(letter)
    else if (letter == ",") named = 0
    else if (letter == ":") named = 1
  }
}
function whole(text) {
  if (kind[depth] == "{" && !named) key[depth] = text
  else value("\"" text "\"", "text")
}
BEGIN {
  ORS = ""
  lines = split(ARGV[1], line, "\n")
  for (at = 1; at <= lines; at++) {
    split(line[at], part, " ")
    shape[part[2]] = part[1]
    pattern[part[2]] = part[3]
  }
  depth = 0
  kept[depth] = 1
  RS = "\""
  while ((getline piece < ARGV[2]) > 0) {
    if (!inside) { between(piece); inside = 1; text = ""; continue }
    text = text piece
    match(piece, /\\*$/)
    if (RLENGTH % 2) { text = text "\""; continue }
    whole(text)
    inside = 0
  }
}`;

/** The namespaces of a \`stat\` of paths and of mountinfo, in two files: \`inode path\` in each line, in order. */
export const namespacesProgram = String.raw`
function better(inode, at, rank) {
  if ((inode in best) && best[inode] <= rank) return
  best[inode] = rank
  found[inode] = at
}
FNR == NR {
  at = substr($0, length($1) + length($2) + 3)
  if (at == "/proc/self/ns/net") { nsfs = $1; own = $2 }
  if (nsfs == "" || $1 != nsfs || $2 == own) next
  if (at ~ /^\/proc\/[0-9]+\//) { split(at, part, "/"); better($2, at, part[3] + 0) }
  else better($2, at, at ~ /^[A-Za-z0-9._\/-]+$/ ? 0 : 1e9)
  next
}
nsfs != "" && $4 ~ /^net:/ && $5 !~ /\\/ {
  inode = substr($4, 6, length($4) - 6)
  if (inode != own) better(inode, $5, 2e9)
}
END {
  print nsfs, own
  for (inode in found) print inode, found[inode] | "sort -n"
}`;
