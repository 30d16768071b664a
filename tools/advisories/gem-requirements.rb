# Prints `requirement | version | yes or no` for src/advisories/rubysec/testdata: random requirements in the forms that the Ruby
# advisory database uses, with the answer of Gem::Requirement. Run: ruby tools/advisories/gem-requirements.rb [count] [seed] > the file.

count = (ARGV[0] || 300).to_i
random = Random.new((ARGV[1] || 1).to_i)
pick = ->(list) { list[random.rand(list.length)] }
version = lambda do
  Array.new(1 + random.rand(4)) { random.rand(3).to_s }.join('.') + pick[['', '', '', '.rc1', '.beta.2', '-pre', '.a']]
end

puts "# RubyGems #{Gem::VERSION}"
count.times do
  bound = version.call
  requirement = ["#{pick[['~>', '~>', '>=', '>', '<', '<=', '=', '']]} #{bound}".strip]
  requirement << "#{pick[['>=', '<', '<=', '>']]} #{version.call}" if random.rand(4).zero?
  subject = random.rand(3).zero? ? bound : version.call
  answer = Gem::Requirement.new(requirement).satisfied_by?(Gem::Version.new(subject))
  puts "#{requirement.join(', ')} | #{subject} | #{answer ? 'yes' : 'no'}"
end
