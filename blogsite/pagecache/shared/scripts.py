"""What Redis does for the counters, each in one step that nothing comes between.

KEYS[1] is a sorted set: each counter and the epoch by its number, and before all the name of this
generation. Whoever finds the set gone begins another generation. KEYS[2] is a sorted set of the
changes under way, `id:slot,slot`, by the moment (ms) at which its process counts as dead.
ARGV[1] is a name for a new generation.
"""

from blogsite.pagecache.shared.line import Script

BEGINNING = """
local generation = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
if not generation then
  generation = ARGV[1]
  redis.call('ZADD', KEYS[1], -1, generation, 0, 'epoch')
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function move(slots)
  local epoch = redis.call('ZINCRBY', KEYS[1], 1, 'epoch')
  for _, slot in ipairs(slots) do redis.call('ZADD', KEYS[1], epoch, slot) end
end
"""

# ARGV: name, the generation that the asker knows and up to which epoch. What it answers: the
# generation, the epoch, the counters that moved since, and the changes under way.
LOOK = Script.of(
    BEGINNING
    + """
for _, change in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
  local slots = {}
  for slot in string.gmatch(string.match(change, ':(.*)'), '[^,]+') do table.insert(slots, slot) end
  move(slots)
  redis.call('ZREM', KEYS[2], change)
end
local since = generation == ARGV[2] and ARGV[3] or '0'
local moved = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. since, '+inf', 'WITHSCORES')
local epoch = redis.call('ZSCORE', KEYS[1], 'epoch')
return {generation, epoch, moved, redis.call('ZRANGE', KEYS[2], 0, -1)}
"""
)

# ARGV: name, milliseconds that the change may go on without a sign of life, the change as it was
# told before (empty if it was not) and as it is now, then the slots to move.
ANNOUNCE = Script.of(
    BEGINNING
    + """
if ARGV[3] ~= '' then redis.call('ZREM', KEYS[2], ARGV[3]) end
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[4])
move({unpack(ARGV, 5)})
"""
)

# ARGV: name, the change, then the slots to move.
END = Script.of(
    BEGINNING
    + """
redis.call('ZREM', KEYS[2], ARGV[2])
move({unpack(ARGV, 3)})
"""
)

# ARGV: name, milliseconds as above, then changes that go on.
RENEW = Script.of(
    BEGINNING
    + """
for place = 3, #ARGV do redis.call('ZADD', KEYS[2], 'XX', now + ARGV[2], ARGV[place]) end
"""
)
