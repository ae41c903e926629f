package hosttest

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// CheckFaces checks policies on every list that any visitor can be shown at layers 1 and 2: of every slot, on the page of each item and of each
// topic and on a page about nothing, in each of the contexts. None is left out, so what holds here holds in every visit, but for what a visitor who
// says "not for me" takes out of a list. Without contexts it is one of which nothing is known, and that in each language of the pack.
//
// That a slot of a page has at most the policy's number of lists is checked too. Each policy has a subtest of its own.
//
// It takes about a millisecond a page, slot and context on each processor: policies are asked from several goroutines at once.
func CheckFaces(t *testing.T, shop *Shop, contexts []core.Context, policies ...Policy) {
	t.Helper()
	if len(contexts) == 0 {
		contexts = languages(shop.Pack())
	}
	policies = append([]Policy{fewLists()}, policies...)
	found, err := shop.checkFaces(places(shop.Pack(), contexts), policies)
	if err != nil {
		t.Fatal(err)
	}
	for k, policy := range policies {
		t.Run(policy.Name, func(t *testing.T) {
			t.Helper()
			if len(found[k]) > 0 {
				t.Errorf("%s does not hold: %s", policy.Name, written(found[k]))
			}
		})
	}
}

// mostTold is how many findings are printed.
const mostTold = 5

// written writes the first findings, and how many more there are.
func written(found []string) string {
	text := strings.Join(found[:min(mostTold, len(found))], "\n")
	if more := len(found) - mostTold; more > 0 {
		text += fmt.Sprintf("\nand %d more of the kind", more)
	}
	return text
}

// languages are contexts of which no more than the language is known, or nothing.
func languages(p *pack.Pack) (all []core.Context) {
	for language := range p.Languages() + 1 {
		all = append(all, core.Context{Language: language})
	}
	return all
}

// places are the requests of all slots of all pages in the contexts, those of a page side by side.
func places(p *pack.Pack, contexts []core.Context) (all []core.Request) {
	add := func(item uint32, topic uint16) {
		for _, in := range contexts {
			for slot := range p.Slots() {
				all = append(all, core.Request{Slot: slot, Layer: 2, Item: item, Topic: topic, Context: in})
			}
		}
	}
	add(pack.NoItem, pack.NoTopic)
	for topic := range p.Topics() {
		add(pack.NoItem, topic)
	}
	for item := range p.Items() {
		add(item, pack.NoTopic)
	}
	return all
}

// checkFaces returns for each policy what it finds wrong, in the order of the requests.
func (s *Shop) checkFaces(requests []core.Request, policies []Policy) ([][]string, error) {
	const chunk = 64
	type part struct {
		found [][]string
		err   error
	}
	parts := make([]part, (len(requests)+chunk-1)/chunk)
	next := make(chan int)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			engine := core.NewEngine(s.Pack())
			for n := range next {
				p := &parts[n]
				p.found = make([][]string, len(policies))
				for _, request := range requests[n*chunk : min(len(requests), (n+1)*chunk)] {
					visit, err := s.ofFaces(engine, request)
					if err != nil {
						p.err = err
						break
					}
					for k, policy := range policies {
						r := &Report{visit: visit}
						policy.Check(r, visit)
						p.found[k] = append(p.found[k], r.found...)
					}
				}
			}
		})
	}
	for n := range parts {
		next <- n
	}
	close(next)
	group.Wait()
	found := make([][]string, len(policies))
	for _, p := range parts {
		if p.err != nil {
			return nil, p.err
		}
		for k := range found {
			found[k] = append(found[k], p.found[k]...)
		}
	}
	return found, nil
}

// ofFaces returns a visit of nothing that was shown each face of a place.
func (s *Shop) ofFaces(engine *core.Engine, request core.Request) (*Visit, error) {
	faces, refused := engine.Faces(&request)
	if refused != nil {
		return nil, fmt.Errorf("hosttest: the engine refused to list faces: %w", refused)
	}
	visit := &Visit{Shop: s, Context: request.Context}
	for g, face := range faces {
		visit.Answers = append(visit.Answers, Answer{Slot: string(s.Pack().SlotName(request.Slot)), Request: request, Reply: core.Reply{
			Layer: 2, Face: uint8(g), Faces: uint8(len(faces)), Suggestions: slices.Clone(face.Suggestions),
		}})
	}
	return visit, nil
}

// fewLists: a slot of a page has at most as many lists as the policy says.
func fewLists() Policy {
	return Policy{"at most the policy's number of lists", func(r *Report, v *Visit) {
		lists := map[string]bool{}
		for _, a := range v.Answers {
			lists[listOf(&a.Reply)] = true
		}
		if most := int(v.Shop.Pack().Policy().Faces); len(lists) > most || len(v.Answers) > most {
			r.Errorf(v.Answers[most], "%d lists, %d of them different, and the policy allows %d", len(v.Answers), len(lists), most)
		}
	}}
}

// listOf is what is shown, and in which order.
func listOf(reply *core.Reply) string {
	var b strings.Builder
	for _, s := range reply.Suggestions {
		fmt.Fprint(&b, s.Item, " ")
	}
	return b.String()
}
