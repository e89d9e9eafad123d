// node dump_whatwg.mjs PACKAGE_DIR OUT_DIR: WHATWG's maps and labels as the npm package @exodus/bytes (MIT) reads them.
import fs from 'fs'
const [pack, out] = process.argv.slice(2)
const { TextDecoder } = await import(`${pack}/encoding.js`)
const { default: labels } = await import(`${pack}/fallback/encoding.labels.js`)
const read = (name, bytes) => {
  try {
    return new TextDecoder(name, { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return null
  }
}
const hex = (bytes) => bytes.map((b) => b.toString(16).padStart(2, '0')).join('')
const stateful = ['utf-8', 'utf-16le', 'utf-16be', 'replacement', 'iso-2022-jp', 'x-user-defined']
const pairs = ['gbk', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr']
const maps = {}
for (const name of Object.keys(labels).filter((label) => !stateful.includes(label))) {
  const map = (maps[name] = {})
  const note = (bytes) => {
    const text = read(name, bytes)
    if (text !== null) map[hex(bytes)] = text
  }
  for (let a = 0x80; a < 0x100; a++) note([a])
  if (!pairs.includes(name)) continue
  for (let a = 0x81; a < 0x100; a++) {
    if (map[hex([a])] !== undefined) continue
    for (let b = 0x40; b < 0x100; b++) note([a, b])
  }
  if (name !== 'euc-jp') continue
  for (let a = 0xa1; a < 0xff; a++) for (let b = 0xa1; b < 0xff; b++) note([0x8f, a, b])
}
fs.writeFileSync(`${out}/maps.json`, JSON.stringify(maps))
fs.writeFileSync(`${out}/labels.json`, JSON.stringify(labels))
