import { Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner, type Repository } from 'typeorm';
import { Authenticator } from '../http/access.guard.js';
import { platformPersistence } from '../persistence.js';
import { createTestApp, type TestApp } from '../testing/index.js';
import { Database } from './database.js';
import { joinPersistence } from './persistence-set.js';

@Entity({ schema: 'public', name: 'notes' })
class Note {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  text!: string;
}

class Notes1764999999999 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE public.notes (id text PRIMARY KEY, text text NOT NULL); GRANT ALL ON public.notes TO abide_app',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE public.notes');
  }
}

const lastWords: string[] = [];

@Injectable()
class Notes implements OnApplicationShutdown {
  constructor(
    @InjectRepository(Note) readonly repository: Repository<Note>,
    private readonly db: Database,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    lastWords.push(String(await this.repository.count()), String((await this.db.query('SELECT 1')).length));
  }
}

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Note])],
  providers: [Notes, { provide: Authenticator, useValue: {} }],
  exports: [Authenticator],
})
class NotesModule {}

describe('an injected repository', () => {
  let test: TestApp;
  let db: Database;
  let notes: Repository<Note>;

  beforeAll(async () => {
    const persistence = joinPersistence(platformPersistence, { entities: [Note], migrations: [Notes1764999999999] });
    test = await createTestApp([NotesModule], persistence);
    db = test.get(Database);
    notes = test.get(Notes).repository;
  });

  it('does and sees what the open transaction does, and nobody else sees it before the commit', async () => {
    await db.transaction(async () => {
      await notes.insert({ id: 'one', text: 'first' });
      await notes.save({ id: 'one', text: 'second' });
      await notes.createQueryBuilder().update().set({ text: 'third' }).where({ id: 'one' }).execute();
      expect(await notes.findOneBy({ id: 'one' })).toMatchObject({ text: 'third' });
      expect(await db.query('SELECT text FROM public.notes')).toEqual([{ text: 'third' }]);
      expect(await db.outside(() => notes.count())).toBe(0);
    });
    expect(await notes.find()).toEqual([{ id: 'one', text: 'third' }]);
  });

  it('rolls back with it, however it wrote', async () => {
    const work = db.transaction(async () => {
      await notes.insert({ id: 'two', text: 'gone' });
      await notes.save({ id: 'three', text: 'gone' });
      await notes.update({ id: 'one' }, { text: 'gone' });
      await notes.createQueryBuilder('note').delete().where({ id: 'one' }).execute();
      await db.manager.insert(Note, { id: 'four', text: 'gone' });
      await notes.query('SELECT 1');
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await notes.find()).toEqual([{ id: 'one', text: 'third' }]);
  });

  it('does nothing for work that nobody waited for and whose transaction is over', async () => {
    let goOn = () => undefined as void;
    let late: Promise<unknown> = Promise.resolve();
    await db.transaction(async () => {
      const over = new Promise<void>((resolve) => (goOn = resolve));
      late = over.then(() => notes.insert({ id: 'late', text: 'gone' }));
      late.catch(() => undefined);
    });
    goOn();
    await expect(late).rejects.toThrow('The transaction has ended');
    expect(await notes.existsBy({ id: 'late' })).toBe(false);
  });

  it('still has its connections while everything that needs them is shut down', async () => {
    await test.close();
    expect(lastWords).toEqual(['1', '1']);
    expect(db.dataSource.isInitialized).toBe(false);
  });
});
