//go:build linux

package web_test

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/net/dns/dnsmessage"
)

// The network of a namespace: an interface with this address, a name server on it, and behind it an address that every name
// has and from which nothing comes back.
const (
	inside  = "10.77.0.1"
	outside = "10.77.0.9"
)

// network is what a namespace has, and the packets that leave in it.
type network struct {
	site string // the address of the site; all else on 127.0.0.1 is what drives the browser

	mu   sync.Mutex
	seen map[string]bool
	last time.Time // of the newest packet
}

// newNetwork makes the network of the namespace that this process is in, for as long as the process lives.
func newNetwork(t *testing.T) (*network, error) {
	if err := setInterfaces(); err != nil {
		return nil, err
	}
	if err := nameServer(t); err != nil {
		return nil, err
	}
	const all = 0x0300 // ETH_P_ALL, in the network's order of bytes
	raw, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_DGRAM, all)
	if err != nil {
		return nil, fmt.Errorf("a socket for packets: %w", err)
	}
	n := &network{seen: map[string]bool{}}
	go n.capture(raw)
	return n, nil
}

// packets returns what was sent since the last call, once nothing has been for a while.
func (n *network) packets(t *testing.T) map[string]bool {
	t.Helper()
	begin := time.Now()
	for ; time.Since(begin) < 20*time.Second; time.Sleep(50 * time.Millisecond) {
		n.mu.Lock()
		still := time.Since(n.last) > 700*time.Millisecond && time.Since(begin) > 700*time.Millisecond
		n.mu.Unlock()
		if still {
			break
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	seen := n.seen
	n.seen = map[string]bool{}
	return seen
}

func (n *network) capture(raw int) {
	buffer := make([]byte, 1<<16)
	for {
		size, from, err := syscall.Recvfrom(raw, buffer, 0)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return
		}
		if link, ok := from.(*syscall.SockaddrLinklayer); !ok || link.Pkttype != syscall.PACKET_OUTGOING {
			continue // on lo each packet comes in, too
		}
		for _, what := range told(buffer[:size]) {
			if strings.HasPrefix(what, "TCP 127.0.0.1:") && what != "TCP "+n.site {
				continue
			}
			n.mu.Lock()
			n.seen[what], n.last = true, time.Now()
			n.mu.Unlock()
		}
	}
}

// told says what an IP packet tells who looks on: each name of a DNS query, the address of a TCP connection that is opened,
// the address of anything else over UDP. Other packets are the kernel's own.
func told(packet []byte) []string {
	protocol, to, payload := 0, netip.Addr{}, []byte(nil)
	switch {
	case len(packet) >= 20 && packet[0]>>4 == 4 && len(packet) >= int(packet[0]&15)*4:
		protocol, payload = int(packet[9]), packet[int(packet[0]&15)*4:]
		to, _ = netip.AddrFromSlice(packet[16:20])
	case len(packet) >= 40 && packet[0]>>4 == 6:
		protocol, payload = int(packet[6]), packet[40:]
		to, _ = netip.AddrFromSlice(packet[24:40])
	}
	switch {
	case protocol == syscall.IPPROTO_TCP && len(payload) >= 20:
		const synack, syn = 0x12, 0x02
		if payload[13]&synack != syn {
			return nil
		}
		return []string{fmt.Sprintf("TCP %s", netip.AddrPortFrom(to, binary.BigEndian.Uint16(payload[2:])))}
	case protocol == syscall.IPPROTO_UDP && len(payload) >= 8:
		port := binary.BigEndian.Uint16(payload[2:])
		if from := binary.BigEndian.Uint16(payload); from == 53 {
			return nil // the name server's answers
		}
		if port == 53 {
			return queries(payload[8:])
		}
		return []string{fmt.Sprintf("UDP %s", netip.AddrPortFrom(to, port))}
	}
	return nil
}

func queries(message []byte) (all []string) {
	var m dnsmessage.Message
	if err := m.Unpack(message); err != nil {
		return []string{"DNS that cannot be read"}
	}
	for _, q := range m.Questions {
		name := strings.ToLower(strings.TrimSuffix(q.Name.String(), "."))
		all = append(all, "DNS "+name+" "+strings.TrimPrefix(q.Type.String(), "Type"))
	}
	return all
}

// nameServer has every name be outside, and the machine's own resolvers ask it.
func nameServer(t *testing.T) error {
	file := filepath.Join(t.TempDir(), "resolv.conf")
	if err := os.WriteFile(file, []byte("nameserver "+inside+"\n"), 0o644); err != nil {
		return err
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("a mount namespace of its own: %w", err)
	}
	if err := syscall.Mount(file, "/etc/resolv.conf", "", syscall.MS_BIND, ""); err != nil {
		return fmt.Errorf("an own /etc/resolv.conf: %w", err)
	}
	conn, err := net.ListenPacket("udp4", inside+":53")
	if err != nil {
		return err
	}
	go func() {
		buffer := make([]byte, 4096)
		for {
			size, from, err := conn.ReadFrom(buffer)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buffer[:size]) != nil || len(m.Questions) == 0 {
				continue
			}
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 60},
					Body:   &dnsmessage.AResource{A: netip.MustParseAddr(outside).As4()},
				}}
			}
			if answer, err := m.Pack(); err == nil {
				conn.WriteTo(answer, from)
			}
		}
	}()
	return nil
}

// ifreq is the kernel's struct ifreq: a name, and a union.
type ifreq struct {
	name [16]byte
	data [24]byte
}

// setInterfaces has lo be up, and makes a tunnel that leads nowhere, over which everything else goes. The tunnel is there as
// long as its file is open, and the file as long as the process.
func setInterfaces() error {
	control, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(control)
	tunnel, err := syscall.Open("/dev/net/tun", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("/dev/net/tun: %w", err)
	}
	const setTunnel = 0x400454ca // TUNSETIFF
	address := func(text string) (data [24]byte) {
		binary.NativeEndian.PutUint16(data[:], syscall.AF_INET)
		ip := netip.MustParseAddr(text).As4()
		copy(data[4:], ip[:])
		return data
	}
	number := func(n uint16) (data [24]byte) {
		binary.NativeEndian.PutUint16(data[:], n)
		return data
	}
	for _, call := range []struct {
		what string
		file int
		code uintptr
		name string
		data [24]byte
	}{
		{"lo up", control, syscall.SIOCSIFFLAGS, "lo", number(syscall.IFF_UP)},
		{"a tunnel", tunnel, setTunnel, "nabij0", number(syscall.IFF_TUN | syscall.IFF_NO_PI)},
		{"the tunnel's address", control, syscall.SIOCSIFADDR, "nabij0", address(inside)},
		{"the tunnel's network", control, syscall.SIOCSIFNETMASK, "nabij0", address("255.255.255.0")},
		{"the tunnel up", control, syscall.SIOCSIFFLAGS, "nabij0", number(syscall.IFF_UP | syscall.IFF_MULTICAST)},
	} {
		request := ifreq{data: call.data}
		copy(request.name[:], call.name)
		if _, _, err := syscall.Syscall(syscall.SYS_IOCTL, uintptr(call.file), call.code, uintptr(unsafe.Pointer(&request))); err != 0 {
			return fmt.Errorf("%s: %w", call.what, err)
		}
	}
	return defaultRoute(control)
}

// defaultRoute has everything go over the tunnel that has no other way.
func defaultRoute(control int) error {
	// The kernel's struct rtentry, of which these are the fields that count.
	var route struct {
		_                          uintptr
		destination, gateway, mask [16]byte
		flags                      uint16
		_                          int16
		_                          [2]uintptr
		_                          int16
		device                     *byte
		_, _                       uintptr
		_                          uint16
	}
	for _, part := range []*[16]byte{&route.destination, &route.mask} {
		binary.NativeEndian.PutUint16(part[:], syscall.AF_INET)
	}
	name := append([]byte("nabij0"), 0)
	route.flags, route.device = syscall.RTF_UP, &name[0]
	if _, _, err := syscall.Syscall(syscall.SYS_IOCTL, uintptr(control), syscall.SIOCADDRT, uintptr(unsafe.Pointer(&route))); err != 0 {
		return fmt.Errorf("a route: %w", err)
	}
	return nil
}
