module example.com/shop

go 1.20

toolchain go1.21.5

require (
	example.com/local v1.5.0
	github.com/pkg/errors v0.8.0
	github.com/russross/blackfriday v2.0.0+incompatible
	golang.org/x/text v0.3.7
	gopkg.in/yaml.v2 v2.4.0
)

require github.com/shurcooL/sanitized_anchor_name v1.0.0 // indirect

replace example.com/local => ./local

replace github.com/pkg/errors v0.8.0 => github.com/pkg/errors v0.9.1

exclude gopkg.in/yaml.v2 v2.3.0
