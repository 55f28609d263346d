-- Load of the exam's hot path for wrk. Arguments: mode, file of seats, first seat of thread 0, seats
-- per thread, pause between two requests of one connection in ms (0: none).
-- Modes: "save" (one answer after another, over all seats of the thread), "start" and "paper" (each
-- seat once),
-- "exam" (one connection a thread: whole exams, one after another).

local threads = 0

function setup(thread)
  thread:set("place", threads)
  threads = threads + 1
end

local seats, at, mode, pause = {}, 0, "save", 0
local sequence, step, token, path = {}, 0, nil, nil
local json = { ["Content-Type"] = "application/json" }
done_exams, refused, other = 0, 0, 0

function init(args)
  mode = args[1]
  local first, count = tonumber(args[3]), tonumber(args[4])
  pause = tonumber(args[5] or "0")
  local from = first + place * count
  local line = 0
  for text in io.lines(args[2]) do
    if line >= from and line < from + count then
      local number, code, attempt, held = text:match("(%S+) (%S+) (%S+) (%S+)")
      seats[#seats + 1] = { number = number, code = code, attempt = attempt, token = held }
      sequence[#seats] = 0
    end
    line = line + 1
  end
  -- Threads don't march in step.
  math.randomseed(place + 1)
end

function delay()
  if pause == 0 then return 0 end
  return math.random(math.floor(pause * 0.5), math.floor(pause * 1.5))
end

local function with_cookie(held)
  return { ["Content-Type"] = "application/json", ["Cookie"] = "lt_attempt=" .. held }
end

local function answer(number)
  return string.format('{"sequence":%d,"slot":%d,"response":%d,"spent":%d}',
    number, (number - 1) % 20, number % 4, 1000 + number * 37)
end

local function save_request()
  at = at % #seats + 1
  sequence[at] = sequence[at] + 1
  local seat = seats[at]
  seat.headers = seat.headers or with_cookie(seat.token)
  seat.path = seat.path or ("/sit/" .. seat.attempt .. "/answers")
  return wrk.format("POST", seat.path, seat.headers, answer(sequence[at]))
end

local function start_request()
  if at >= #seats then return wrk.format("GET", "/healthz") end
  at = at + 1
  local seat = seats[at]
  return wrk.format("POST", "/sit/" .. seat.attempt .. "/start", with_cookie(seat.token), "{}")
end

local function paper_request()
  if at >= #seats then return wrk.format("GET", "/healthz") end
  at = at + 1
  local seat = seats[at]
  return wrk.format("GET", "/sit/" .. seat.attempt .. "/paper", with_cookie(seat.token))
end

local STEPS = 25

local function exam_request()
  if step == 0 then
    at = at % #seats + 1
    local seat = seats[at]
    local body = string.format('{"number":"%s","code":"%s"}', seat.number, seat.code)
    return wrk.format("POST", "/sit/enter", json, body)
  end
  local base = "/sit/" .. seats[at].attempt
  if step == 1 then return wrk.format("POST", base .. "/start", token, "{}") end
  if step == 2 then return wrk.format("GET", base .. "/paper", token) end
  if step < 23 then return wrk.format("POST", base .. "/answers", token, answer(step - 2)) end
  if step == 23 then return wrk.format("POST", base .. "/submit", token, "{}") end
  return wrk.format("GET", base .. "/result", token)
end

function request()
  if mode == "exam" then return exam_request() end
  if mode == "start" then return start_request() end
  if mode == "paper" then return paper_request() end
  return save_request()
end

-- Called for every answer, and costly, so only where a step needs the one before.
function exam_response(status, headers, body)
  if status ~= 200 then other = other + 1 end
  if step == 0 then
    local held = body:match('"token":"([^"]+)"')
    if not held then refused = refused + 1; return end
    token = with_cookie(held)
    token["Accept-Encoding"] = "gzip"
  end
  step = step + 1
  if step == STEPS then
    step = 0
    done_exams = done_exams + 1
  end
end

local all = {}
local first_setup = setup
function setup(thread)
  first_setup(thread)
  all[#all + 1] = thread
end

local first_init = init
function init(args)
  first_init(args)
  if mode == "exam" then response = exam_response end
end

function done(summary, latency, requests)
  local exams, wrong, no = 0, 0, 0
  for _, thread in ipairs(all) do
    exams = exams + (thread:get("done_exams") or 0)
    wrong = wrong + (thread:get("other") or 0)
    no = no + (thread:get("refused") or 0)
  end
  local e = summary.errors
  io.write(string.format(
    '\nJSON {"requests":%d,"seconds":%.3f,"p50":%.3f,"p99":%.3f,"p999":%.3f,"max":%.3f,' ..
    '"bad":%d,"errors":%d,"exams":%d,"unexpected":%d,"refused":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, latency:percentile(99.9) / 1000, latency.max / 1000,
    e.status, e.connect + e.read + e.write + e.timeout, exams, wrong, no))
end
