// Prints vectors for src/versions/go/testdata: random pairs of toolchain versions with the answer of Go's own go/version.
// Run: go run tools/versions/go-vectors.go > the file. Release families (go1.21, which go.mod orders before go1.21rc1) are
// written with their patch number: the standard library has no version go1.21.
package main

import (
	"fmt"
	"go/version"
	"math/rand"
)

func main() {
	random := rand.New(rand.NewSource(1))
	for printed := 0; printed < 300; {
		left, right := toolchain(random), toolchain(random)
		if !version.IsValid(left) || !version.IsValid(right) {
			continue
		}
		sign := map[int]string{-1: "<", 0: "=", 1: ">"}[version.Compare(left, right)]
		fmt.Println(left, sign, right)
		printed++
	}
}

func toolchain(random *rand.Rand) string {
	text := fmt.Sprintf("go1.%d", []int{9, 18, 20, 21, 22, 23, 100}[random.Intn(7)])
	switch random.Intn(4) {
	case 0:
		text += fmt.Sprintf("rc%d", 1+random.Intn(11))
	case 1:
		text += fmt.Sprintf("beta%d", 1+random.Intn(3))
	default:
		text += fmt.Sprintf(".%d", random.Intn(13))
	}
	return text + []string{"", "", "", "-bigcorp", "-20240101"}[random.Intn(5)]
}
