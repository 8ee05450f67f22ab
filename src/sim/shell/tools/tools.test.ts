import { describe, expect, test } from 'vitest'
import { kindCluster, Run } from '../../testing/run-scenario.ts'
import { complete } from '../complete.ts'
import { execute } from '../execute.ts'

const OBJECTS = `---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec: { nodeName: calico-cluster-worker }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: default }
spec: { nodeName: calico-cluster-control-plane }
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: { name: default }
spec: { asNumber: 64512 }
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: { name: tor-1 }
spec: { peerIP: 172.18.0.9, asNumber: 64600 }
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: { name: to-rr }
spec: { nodeSelector: all(), peerSelector: rr == 'yes' }
`
const run = Run.of(
  `${kindCluster(2, { name: 'calico-cluster' })}${OBJECTS}`,
  '{ timeline: [ { at: 300s, action: power-off, target: node/calico-cluster-worker } ] }',
).to(420)

function at(seconds: number, host: string | null, command: string) {
  const scenario = { startEpochMs: Date.UTC(2025, 7, 12) }
  return execute({ recording: run.recording, at: seconds * 1e6, scenario }, host, command)
}

function text(command: string, host: string | null = 'calico-cluster-control-plane', seconds = 280): string {
  const result = at(seconds, host, command)
  return result.type === 'output' ? result.text : JSON.stringify(result)
}

describe('ip', () => {
  test('route prints table main, every line with its blank at the end', () => {
    const lines = text('ip route').split('\n')
    expect(lines).toContain('172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.2 ')
    expect(lines).toContain('blackhole 192.167.156.64/26 proto bird ')
    expect(lines).toContain('192.167.11.192/26 via 172.18.0.3 dev tunl0 proto bird onlink ')
    expect(text('ip r s')).toBe(text('ip route show table main'))
  })

  test('-j gives the same as JSON', () => {
    const routes = JSON.parse(text('ip -j route')) as { dst: string; flags: string[] }[]
    expect(routes).toHaveLength(text('ip route').trim().split('\n').length)
    expect(routes.find((route) => route.dst === '192.167.11.192/26')?.flags).toEqual(['onlink'])
  })

  test('route get, for what is routed, local and not an address', () => {
    expect(text('ip route get 192.167.11.200')).toMatch(/^192\.167\.11\.200 via 172\.18\.0\.3 dev tunl0 /)
    expect(text('ip route get 172.18.0.2')).toMatch(/^local 172\.18\.0\.2 dev lo /)
    expect(text('ip route get banana')).toBe('Error: inet prefix is expected rather than "banana".\n')
  })

  test('filters of route show', () => {
    expect(text('ip route show proto bird').trim().split('\n')).toHaveLength(2)
    expect(text('ip route show dev tunl0')).toMatch(/^192\.167\.11\.192\/26 /)
    expect(text('ip route show root 192.167.0.0/16').trim().split('\n')).toHaveLength(3)
    expect(text('ip route show bogus')).toBe('Error: any valid prefix is expected rather than "bogus".\n')
  })

  test('addr and link', () => {
    expect(text('ip addr show dev eth0')).toContain('    inet 172.18.0.2/16 brd 172.18.255.255 scope global eth0\n')
    expect(text('ip -br addr')).toContain('eth0             UP             172.18.0.2/16 \n')
    expect(text('ip link show tunl0')).toContain('tunl0@NONE: <NOARP,UP,LOWER_UP> mtu 1480')
    expect(text('ip link show eth9')).toBe('Device "eth9" does not exist.\n')
    expect(text('ip bogus')).toBe('Object "bogus" is unknown, try "ip help".\n')
  })

  test('what changes the kernel is an action', () => {
    expect(at(280, 'calico-cluster-worker', 'ip link set eth0 down')).toEqual({
      type: 'action',
      action: {
        at: 280e6,
        action: 'exec',
        target: { kind: 'node', name: 'calico-cluster-worker' },
        command: 'ip link set eth0 down',
      },
    })
  })
})

describe('calicoctl', () => {
  test('node status draws its box; a peer that is down for good still has its row', () => {
    const lines = text('sudo calicoctl node status').split('\n')
    expect(lines.slice(0, 3)).toEqual(['Calico process is running.', '', 'IPv4 BGP status'])
    expect(lines[4]).toMatch(/^\| PEER ADDRESS \| {5}PEER TYPE {5}\| STATE \| {2}SINCE {3}\| +INFO +\|$/)
    expect(lines[6]).toMatch(/^\| 172\.18\.0\.3 {3}\| node-to-node mesh \| up {4}\| 00:00:02 \| Established +\|$/)
    expect(lines[7]).toMatch(
      /^\| 172\.18\.0\.9 {3}\| global {12}\| start \| 00:00:00 \| \w+ Socket: No route to host +\|$/,
    )
    expect(new Set(lines.slice(3, 9).map((line) => line.length)).size).toBe(1)
    expect(lines.slice(9)).toEqual(['', 'IPv6 BGP status', 'No IPv6 peers found.', '', ''])
    expect(text('calicoctl node status', null)).toMatch(/^# CalicoScope: /)
  })

  test('get prints the tables of tabwriter, an empty line behind them', () => {
    expect(text('calicoctl get nodes -o wide', null)).toBe(
      [
        'NAME                           ASN       IPV4            IPV6   ',
        'calico-cluster-control-plane   (64512)   172.18.0.2/16          ',
        'calico-cluster-worker          (64512)   172.18.0.3/16          ',
        '',
        '',
      ].join('\n'),
    )
    expect(text('calicoctl get bgppeer')).toBe(
      [
        'NAME    PEERIP       NODE       ASN     ',
        'to-rr                all()      0       ',
        'tor-1   172.18.0.9   (global)   64600   ',
        '',
        '',
      ].join('\n'),
    )
    expect(text('calicoctl get bgpconfig default')).toContain('default   -             -             64512      \n')
    expect(text('calicoctl get ippool -owide')).toMatch(
      /Always {5}Never {7}false {6}false {14}all\(\) {6}Automatic {8}\n/,
    )
  })

  test('yaml has its keys in order and one object or a list', () => {
    const one = text('calicoctl get bgppeer tor-1 -o yaml')
    expect(one).toMatch(/^apiVersion: projectcalico.org\/v3\nkind: BGPPeer\nmetadata:\n/)
    expect(one).toContain('spec:\n  asNumber: 64600\n  peerIP: 172.18.0.9\n')
    expect(text('calicoctl get bgppeer --output=yaml')).toContain('kind: BGPPeerList\n')
    expect(text('calicoctl get node calico-cluster-worker -o yaml')).toContain(
      '  bgp:\n    ipv4Address: 172.18.0.3/16\n',
    )
  })

  test('what does not exist', () => {
    expect(text('calicoctl get bgppeer nosuch')).toContain('resource does not exist: BGPPeer(nosuch)')
    expect(text('calicoctl get banana')).toContain("resource type 'banana' is not supported")
    expect(text('calicoctl apply -f x.yaml')).toMatch(/^# CalicoScope: there are no files here/)
  })
})

describe('kubectl', () => {
  test('get nodes tells what the node controller knows, 40 s late', () => {
    const status = (seconds: number) =>
      /^calico-cluster-worker +(\S+)/m.exec(text('kubectl get nodes', null, seconds))?.[1]
    expect([status(299), status(330), status(341)]).toEqual(['Ready', 'Ready', 'NotReady'])
    expect(text('kubectl get no -o wide')).toMatch(
      /^calico-cluster-control-plane +Ready +control-plane +4m40s +172\.18\.0\.2 +<none>/m,
    )
  })

  test('get pods, in a namespace or all', () => {
    expect(text('kubectl get pods')).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE\nclient +1\/1 +Running +0 +4m40s\nweb /,
    )
    expect(text('kubectl get pods -A -o wide')).toMatch(
      /^default +web +1\/1 +Running +0 +4m40s +192\.167\.11\.193 +calico-cluster-worker /m,
    )
    expect(text('kubectl get pods -n other')).toBe('No resources found in other namespace.\n')
    expect(text('kubectl get pod nosuch')).toBe('Error from server (NotFound): pods "nosuch" not found\n')
  })

  test('Calico kinds through the API server, and yaml', () => {
    expect(text('kubectl get bgppeers')).toMatch(/^NAME +CREATED AT\n/)
    expect(text('kubectl get pod web -o yaml')).toContain('kind: Pod\n')
    expect(text('kubectl get banana')).toBe(`error: the server doesn't have a resource type "banana"\n`)
  })

  test('delete and run are actions', () => {
    expect(at(280, null, 'kubectl delete pod web')).toEqual({
      type: 'action',
      action: { at: 280e6, action: 'delete-pod', pod: 'default/web' },
    })
    const manifest = 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: tor-1\n'
    expect(at(280, null, 'kubectl delete bgppeer tor-1')).toEqual({
      type: 'action',
      action: { at: 280e6, action: 'delete', manifest },
    })
    expect(at(280, null, 'kubectl run x --image=nginx')).toMatchObject({
      action: { action: 'create-pod', pod: 'default/x' },
    })
    expect(text('kubectl delete pod nosuch')).toContain('not found')
  })
})

describe('ping', () => {
  test('counts the nodes that forward between two pods', () => {
    const lines = text('kubectl exec client -- ping -c 2 192.167.11.193', null).split('\n')
    expect(lines[0]).toBe('PING 192.167.11.193 (192.167.11.193) 56(84) bytes of data.')
    expect(lines[2]).toBe('64 bytes from 192.167.11.193: icmp_seq=2 ttl=62 time=2.00 ms')
    expect(lines[5]).toBe('2 packets transmitted, 2 received, 0% packet loss, time 1002ms')
  })

  test('from a host, by names of hosts and pods', () => {
    expect(text('ping calico-cluster-worker')).toContain('ttl=64')
    expect(text('ping web')).toContain('64 bytes from 192.167.11.193: icmp_seq=1 ttl=63')
    expect(text('ping nosuch')).toBe('ping: nosuch: Name or service not known\n')
    expect(text('ping')).toBe('ping: usage error: Destination address required\n')
  })

  test('says where a packet dies that a stale route still sends', () => {
    const lines = text('kubectl exec client -- ping web', null, 310)
    expect(lines).toContain('3 packets transmitted, 0 received')
    expect(lines).toMatch(
      /# CalicoScope: the packet was lost at calico-cluster-control-plane: nobody on the network answers for 172\.18\.0\.3 \(calico-cluster-control-plane had: 192\.167\.11\.192\/26 via 172\.18\.0\.3 dev tunl0 proto bird onlink\)/,
    )
  })
})

describe('logs and files', () => {
  test('journalctl says where the log of BIRD really is, then shows it', () => {
    const lines = text('journalctl -u bird').split('\n')
    expect(lines[0]).toBe('-- No entries --')
    expect(lines[1]).toContain('runit runs BIRD inside the calico-node container')
    expect(lines[3]).toBe('2025-08-12_00:00:00.00000 bird: device1: Initializing')
    expect(text('journalctl -u kubelet')).toBe('-- No entries --\n')
  })

  test('kubectl logs of calico-node', () => {
    const all = text('kubectl logs -n calico-system calico-node-calico-cluster-worker -c calico-node', null)
    expect(all).toMatch(/^2025-08-12_00:00:00\.00000 bird: device1: Initializing\n/)
    const tail = text('kubectl logs -n calico-system calico-node-calico-cluster-worker --tail=2', null)
    expect(tail).toBe(all.split('\n').slice(-3).join('\n'))
    expect(text('kubectl logs nosuch')).toContain('not found')
  })

  test('ls and cat of what confd wrote', () => {
    expect(text('ls /etc/calico/confd/config').split('\n')).toContain('bird_ipam.cfg')
    expect(text('cat /etc/calico/confd/config/bird.cfg')).toContain('protocol bgp Mesh_172_18_0_3 from bgp_template')
    expect(text('cat nosuch')).toBe('cat: nosuch: No such file or directory\n')
    expect(text('ls /root')).toContain('No such file or directory')
  })
})

describe('the rest', () => {
  test('unknown input names the closest command', () => {
    expect(text('brdc show protocls')).toBe('Not simulated. Try: birdc show protocols\n')
    expect(text('toString')).toMatch(/^Not simulated\. Try: /)
    expect(text('')).toBe('')
  })

  test('help, clear, poweroff', () => {
    expect(text('help')).toContain('  ip route\n')
    expect(at(280, null, 'clear')).toEqual({ type: 'clear' })
    expect(at(280, 'calico-cluster-worker', 'poweroff')).toMatchObject({
      action: { action: 'power-off', target: { name: 'calico-cluster-worker' } },
    })
  })

  test('host commands need a host that is there and on', () => {
    expect(text('ip route', null)).toContain('calico-cluster-control-plane, calico-cluster-worker')
    expect(text('ip route', 'nosuch')).toContain('there is no host "nosuch"')
    expect(text('ip route', 'calico-cluster-worker', 310)).toContain('calico-cluster-worker is powered off')
  })

  test('Tab completes commands, protocols, kinds and files', () => {
    const context = { recording: run.recording, at: 280e6, scenario: { startEpochMs: 0 } }
    const tab = (line: string) => complete(context, 'calico-cluster-worker', line)
    expect(tab('bir')).toEqual(['birdc', 'birdcl'])
    expect(tab('birdc show pro')).toEqual(['birdc show protocols'])
    expect(tab('birdc disable Mesh')).toEqual(['birdc disable Mesh_172_18_0_2'])
    expect(tab('birdc show route pro')).toEqual(['birdc show route protocol'])
    expect(tab('kubectl get bgpp')).toEqual(['kubectl get bgppeers'])
    expect(tab('kubectl get bgppeers t')).toEqual(['kubectl get bgppeers to-rr', 'kubectl get bgppeers tor-1'])
    expect(tab('cat /etc/calico/confd/config/bird_i')).toEqual(['cat /etc/calico/confd/config/bird_ipam.cfg'])
    expect(tab('ping we')).toEqual(['ping web'])
    expect(tab('nonsense x')).toEqual([])
  })
})
