// What differs between the engines beside their connections: how one is opened, and how many may
// write at the same time.
#pragma once

#include <memory>
#include <string>

#include "web/server/store/connection.h"

namespace parlance {

// Safe to use from several threads at once.
class Engine {
 public:
  enum class Access : std::uint8_t { Read, ReadWrite };

  virtual ~Engine() = default;

  // A connection that is ready to be used. Fails with Unavailable and the like.
  virtual Result<std::unique_ptr<Connection>> connect(Access access) = 0;

  // How many changes can go on at the same time: one for each lane.
  virtual int lanes() const = 0;
  // How many may read at the same time; 0: as many as like to.
  virtual int readers() const = 0;
};

// "postgresql://…" and "postgres://…" lead to PostgreSQL; everything else is the name of an SQLite
// file.
bool is_postgres_address(const std::string& address);
std::unique_ptr<Engine> engine_for(const std::string& address);

}  // namespace parlance
