// A sealed-bid auction of one item in Go: the highest bid wins and pays the second highest.
//
//	go build -o auction auction.go
//	mechane verify --exec ./auction
//	mechane verify --exec "./auction --pay-own-bid"    # the same claims, and one of them is false
//
// A line of JSON comes in, a line of JSON goes out.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"sort"
)

type question struct {
	Describe bool `json:"describe"`
	Settings struct {
		Reserve float64 `json:"reserve"`
	} `json:"settings"`
	Reports map[string]struct {
		Bid float64 `json:"bid"`
	} `json:"reports"`
}

type outcome struct {
	Winner   *string            `json:"winner"`
	Payments map[string]float64 `json:"payments"`
}

const secondBid = `{"id":"example/second-bid","summary":"The highest bid wins and pays the second highest bid",` + declared
const ownBid = `{"id":"example/own-bid","summary":"The highest bid wins and pays what it bid",` + declared

const declared = `
	"settings": {"type":"object","properties":{"reserve":{"type":"number","minimum":0,"default":0}}},
	"report": {"type":"object","properties":{"bid":{"type":"number","minimum":0}},"required":["bid"]},
	"domain": "single-item",
	"claims": [
		{"law":"strategy-proof","holds":true,"because":"Vickrey 1961: one's own bid does not move the price"},
		{"law":"individually-rational","holds":true,"because":"nobody pays more than its bid"},
		{"law":"no-deficit","holds":true,"because":"nobody is paid"}
	]}`

func decide(asked question, payOwnBid bool) outcome {
	reserve := asked.Settings.Reserve
	payments := map[string]float64{}
	ranked := []string{}
	for agent, report := range asked.Reports {
		payments[agent] = 0
		if report.Bid >= reserve {
			ranked = append(ranked, agent)
		}
	}
	if len(ranked) == 0 {
		return outcome{nil, payments}
	}
	bid := func(position int) float64 { return asked.Reports[ranked[position]].Bid }
	// Ties go to the first by name.
	sort.Slice(ranked, func(i, j int) bool {
		return bid(i) > bid(j) || (bid(i) == bid(j) && ranked[i] < ranked[j])
	})
	price := reserve
	if payOwnBid {
		price = bid(0)
	} else if len(ranked) > 1 {
		price = bid(1)
	}
	payments[ranked[0]] = price
	return outcome{&ranked[0], payments}
}

func main() {
	payOwnBid := len(os.Args) > 1 && os.Args[1] == "--pay-own-bid"
	described := secondBid
	if payOwnBid {
		described = ownBid
	}
	questions := json.NewDecoder(bufio.NewReader(os.Stdin))
	// Encode ends each answer with a newline, and standard output is not buffered.
	answers := json.NewEncoder(os.Stdout)
	for {
		var asked question
		if questions.Decode(&asked) != nil {
			return
		}
		if asked.Describe {
			answers.Encode(json.RawMessage(described))
		} else {
			answers.Encode(map[string]outcome{"outcome": decide(asked, payOwnBid)})
		}
	}
}
