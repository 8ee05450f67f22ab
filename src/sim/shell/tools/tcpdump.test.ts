// Lines as tcpdump 4.99.3 printed them of the same packets (`tcpdump -nr` on a capture of pcap).
import { describe, expect, test } from 'vitest'
import { kindCluster, Run } from '../../testing/run-scenario.ts'
import { execute } from '../execute.ts'

const run = Run.of(kindCluster(2)).to(15)

function lines(command: string): string[] {
  const context = { recording: run.recording, at: run.now, scenario: { startEpochMs: 0 } }
  const result = execute(context, 'c-worker', command)
  return result.type === 'output' ? result.text.trimEnd().split('\n') : []
}

const packets = (command: string): string[] => lines(command).slice(2, -1)

describe('tcpdump', () => {
  test('prints what passed', () => {
    const [syn = '', answer = '', ...rest] = packets('tcpdump -ni eth0 -c 1000 port 179')
    expect(syn).toMatch(
      /^00:00:02\.000000 IP 172\.18\.0\.3\.32768 > 172\.18\.0\.2\.179: Flags \[S\], seq \d+, win 64240, options \[mss 1460\], length 0$/,
    )
    expect(answer).toMatch(
      /^00:00:02\.002000 IP 172\.18\.0\.2\.179 > 172\.18\.0\.3\.32768: Flags \[S\.\], seq \d+, ack \d+, win 64240, options \[mss 1460\], length 0$/,
    )
    expect(rest.slice(0, 3)).toEqual([
      '00:00:02.002000 IP 172.18.0.3.32768 > 172.18.0.2.179: Flags [.], ack 1, win 64240, length 0',
      '00:00:02.002300 IP 172.18.0.3.32768 > 172.18.0.2.179: Flags [P.], seq 1:64, ack 1, win 64240, length 63: BGP',
      '00:00:02.004300 IP 172.18.0.2.179 > 172.18.0.3.32768: Flags [P.], seq 1:64, ack 64, win 64240, length 63: BGP',
    ])
  })

  test('a port has a name without -n, and `any` says which way', () => {
    expect(packets('tcpdump -c 1')[0]).toContain('172.18.0.2.bgp')
    expect(packets('tcpdump -i any -nc 1')[0]).toMatch(/^\S+ eth0 {2}(In |Out) IP /)
  })

  test('expressions choose', () => {
    const all = packets('tcpdump -n -c 1000').length
    const out = packets('tcpdump -n -c 1000 src host 172.18.0.3 and tcp port 179').length
    const back = packets('tcpdump -n -c 1000 dst 172.18.0.3').length
    expect(out + back).toBe(all)
    expect(out).toBeGreaterThan(5)
    expect(packets('tcpdump -n udp')).toEqual([])
    expect(packets('tcpdump -n host 9.9.9.9')).toEqual([])
    expect(packets('tcpdump -n dst port 179').every((line) => line.includes('172.18.0.2.179:'))).toBe(true)
    expect(packets('tcpdump -n -c 3')).toHaveLength(3)
  })

  test('what it does not understand', () => {
    expect(lines('tcpdump -i eth9')[0]).toBe('tcpdump: eth9: No such device exists')
    expect(lines('tcpdump port')).toEqual(["tcpdump: can't parse filter expression: syntax error"])
    expect(lines('tcpdump -n port 179 and')).toEqual(["tcpdump: can't parse filter expression: syntax error"])
    expect(lines('tcpdump -r a.pcap')[0]).toBe('tcpdump: a.pcap: No such file or directory')
    expect(lines('tcpdump -i any -w a.pcap')[0]).toContain('# CalicoScope')
  })

  test('-v takes the packets apart', () => {
    const [head, ...printed] = lines('tcpdump -nv -c 1000')
    expect(head).toBe('tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes')
    expect(printed[0]).toMatch(/ IP \(tos 0xc0, ttl \d+, id \d+, offset 0, flags \[DF\], proto TCP \(6\), length 44\)$/)
    expect(printed[1]).toMatch(
      /^ {4}172\.18\.0\.3\.32768 > 172\.18\.0\.2\.179: Flags \[S\], cksum 0x[0-9a-f]{4} \(correct\), seq \d+/,
    )
    expect(printed).toContain('\t  Version 4, my AS 64512, Holdtime 240s, ID 172.18.0.3')
    expect(printed).toContain('\t  End-of-Rib Marker (empty NLRI)')
  })

  test('-w gives the packets as a file, all of them or as many as are asked for', () => {
    const written = (command: string) => {
      const result = execute(
        { recording: run.recording, at: run.now, scenario: { startEpochMs: 0 } },
        'c-worker',
        command,
      )
      if (result.type !== 'output' || result.file === undefined) throw new Error('no file')
      return { text: result.text, name: result.file.name, view: new DataView(result.file.bytes.buffer) }
    }
    const all = packets('tcpdump -n -c 1000').length
    const { text, name, view } = written('tcpdump -w /tmp/a.pcap')
    expect(name).toBe('a.pcap')
    expect(text.split('\n').slice(1)).toEqual([
      `${all} packets captured`,
      `${all} packets received by filter`,
      '0 packets dropped by kernel',
      '',
    ])
    expect([view.getUint32(0, true), view.getUint32(20, true)]).toEqual([0xa1b2c3d4, 1])
    // The first SYN, at two seconds.
    expect([view.getUint32(24, true), view.getUint32(28, true), view.getUint32(32, true)]).toEqual([2, 0, 58])
    expect(written('tcpdump -c 2 -w a.pcap').text).toContain('\n2 packets captured\n')
  })
})
